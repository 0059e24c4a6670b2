import type { BurnArm, Model, Slo } from '../../model/model.js';
import { leastBad } from '../../slo/alerts.js';
import { printDecimal } from '../../slo/decimal.js';
import { planSlo } from '../../slo/plan.js';
import { armThreshold, arms, budgetOf } from '../../slo/windows.js';

/** How an indicator is measured: events are counted, time is looked at, a share is somebody's own query. */
export type Kind = 'events' | 'time' | 'share';

/** An arm in numbers. */
export interface Arm {
  readonly severity: BurnArm['severity'];
  /** Seconds. */
  readonly long: number;
  readonly short: number;
  readonly factor: number;
  /** Share of bad events above which it fires. */
  readonly threshold: number;
  /** Bad events, or bad evaluations, that the long window has to hold; 0 where nothing is counted. */
  readonly least: number;
  /** Whether there is an alert of its severity. */
  readonly isAlerted: boolean;
}

/** What an objective promises, in numbers: all that predictions are made from. */
export interface Objective {
  readonly slo: Slo;
  readonly service: string;
  readonly kind: Kind;
  /** Share of bad events that is promised not to be exceeded. */
  readonly budget: number;
  /** Seconds, as all windows. */
  readonly period: number;
  readonly base: number;
  /** The window whose burn rate says how long the budget lasts. */
  readonly exhaustion: number;
  readonly arms: readonly Arm[];
  /** Every window that something is recorded for, ascending. */
  readonly windows: readonly number[];
  /** Those of them that are read from raw series; the others are summed up from records of the base window. */
  readonly direct: readonly number[];
  /** Seconds between evaluations in production: counts of summed windows are made of it. */
  readonly evaluationInterval: number;
  /** Labels of every recorded series. */
  readonly identity: ReadonlyMap<string, string>;
}

/** Reads an objective. */
export function objectiveOf(model: Model, slo: Slo): Objective {
  const plan = planSlo(model, slo);
  return {
    slo,
    service: model.service.name,
    kind: plan.measurement.kind,
    budget: Number(printDecimal(budgetOf(slo.objective))),
    period: slo.period.seconds,
    base: plan.base,
    exhaustion: plan.exhaustion,
    arms: arms(slo).map((arm) => ({
      severity: arm.severity,
      long: arm.long.seconds,
      short: arm.short.seconds,
      factor: arm.factor,
      threshold: Number(printDecimal(armThreshold(arm, slo.objective))),
      least: leastBad(plan, arm) ?? 0,
      isAlerted: slo.alerting[arm.severity],
    })),
    windows: [...plan.direct, ...plan.summed],
    direct: plan.direct,
    evaluationInterval: plan.evaluationInterval,
    identity: plan.labels,
  };
}
