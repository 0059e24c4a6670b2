import type { QuantileSli, Slo } from '../model/model.js';
import { printDuration } from '../promql/duration.js';

/**
 * Names of the series that the rules of objectives record. Each carries the labels `slo` and `service`, and those that the objective is
 * grouped by; nothing that may change while the series goes on, so that a budget over 30 days survives a change of owner. What describes
 * an objective stands on `slo_info` alone.
 */
export const sloLabels = { slo: 'slo', service: 'service' } as const;

/**
 * The labels that tell the series of one objective from those of others. An objective that is grouped by a label `service` of its own
 * leaves that label to its groups: a rule's label would replace it, and all groups would become one series.
 */
export function sloIdentity(slo: Pick<Slo, 'name' | 'by'>, service: string): ReadonlyMap<string, string> {
  const identity = new Map<string, string>([[sloLabels.slo, slo.name]]);
  if (!slo.by.some(({ wire }) => wire === sloLabels.service)) identity.set(sloLabels.service, service);
  return identity;
}

/** The labels that tell the recorded quantile of one SLI from those of others. */
export function quantileIdentity(
  { name, q }: Pick<QuantileSli, 'name' | 'q'>,
  service: string,
): ReadonlyMap<string, string> {
  return new Map([
    ['sli', name],
    ['service', service],
    ['quantile', String(q)],
  ]);
}

/** Rate of all events over a window, a second. @param window seconds */
export function totalRate(window: number): string {
  return `slo:sli_total:rate${printDuration(window)}`;
}

/** Rate of bad events over a window, a second; 0 where there are events and none is bad. @param window seconds */
export function badRate(window: number): string {
  return `slo:sli_bad:rate${printDuration(window)}`;
}

/** 1 while a time-based SLI is bad, 0 while it is good. */
export const badSlice = 'slo:sli_bad:slice';

/** Share of bad events or bad time over a window, 0 to 1; absent where there was neither. @param window seconds */
export function errorRatio(window: number): string {
  return `slo:sli_error:ratio_rate${printDuration(window)}`;
}

/** The objective as a share: 0.995. */
export const objectiveRatio = 'slo:objective:ratio';
/** What may be bad: 0.005. */
export const errorBudget = 'slo:error_budget:ratio';
/** The period in days. */
export const periodDays = 'slo:time_period:days';
/** How fast the budget is spent now: 1 spends it in exactly the period. */
export const currentBurnRate = 'slo:current_burn_rate:ratio';
/** The same over the whole period. */
export const periodBurnRate = 'slo:period_burn_rate:ratio';
/** What is left of the budget over the period: 1 is all of it, below 0 it is overspent. */
export const budgetRemaining = 'slo:period_error_budget_remaining:ratio';
/**
 * Seconds until the budget is gone, if it goes on burning as fast as over `exhaustionWindow` and nothing that was bad leaves the period
 * meanwhile; 0 where it is gone already. Absent while the budget lasts for the whole period at that rate, as it does while nothing burns:
 * never NaN, never infinite.
 */
export const timeToExhaustion = 'slo:time_to_exhaustion:seconds';
/** Always 1; its labels describe the objective. */
export const sloInfo = 'slo_info';

/** A quantile that an SLI records for display; the labels `sli` and `quantile` say which. @param window seconds */
export function sliQuantile(window: number): string {
  return `sli:quantile:rate${printDuration(window)}`;
}

/** `run-success` → `RunSuccess`. */
export function pascal(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The alert on an objective whose budget burns too fast for its severity. */
export function burnAlert(slo: string, severity: 'page' | 'ticket'): string {
  return `${pascal(slo)}BudgetBurn${severity === 'page' ? 'Page' : 'Ticket'}`;
}

/** The alert on an objective that cannot be measured. */
export function noDataAlert(slo: string): string {
  return `${pascal(slo)}NoData`;
}
