import type { BurnArm, Slo } from '../model/model.js';
import { durationOf } from '../model/duration.js';
import { compare, decimal, decimalOf, multiply, subtract, type Decimal } from './decimal.js';

/** One arm of a catalogue, windows in seconds. */
interface CatalogueArm {
  readonly severity: BurnArm['severity'];
  readonly long: number;
  readonly short: number;
  readonly factor: number;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The SRE Workbook, "Alerting on SLOs", table 5-8. */
const workbook: readonly CatalogueArm[] = [
  { severity: 'page', long: hour, short: 5 * minute, factor: 14.4 },
  { severity: 'page', long: 6 * hour, short: 30 * minute, factor: 6 },
  { severity: 'ticket', long: 3 * day, short: 6 * hour, factor: 1 },
];

/** The listing of the same chapter, which Sloth follows: a fourth arm between the pages and the slow ticket. */
const sloth: readonly CatalogueArm[] = [
  { severity: 'page', long: hour, short: 5 * minute, factor: 14.4 },
  { severity: 'page', long: 6 * hour, short: 30 * minute, factor: 6 },
  { severity: 'ticket', long: day, short: 2 * hour, factor: 3 },
  { severity: 'ticket', long: 3 * day, short: 6 * hour, factor: 1 },
];

/** Pyrra's arms for a period of 28 days. */
const pyrra: readonly CatalogueArm[] = [
  { severity: 'page', long: hour, short: 5 * minute, factor: 14 },
  { severity: 'page', long: 6 * hour, short: 30 * minute, factor: 7 },
  { severity: 'ticket', long: day, short: 2 * hour, factor: 2 },
  { severity: 'ticket', long: 4 * day, short: 6 * hour, factor: 1 },
];
const pyrraPeriod = 28 * day;

/** Pyrra stretches its windows with the period, to whole minutes; what would vanish stays at one. */
function scaled(arms: readonly CatalogueArm[], period: number): readonly CatalogueArm[] {
  const stretch = (seconds: number): number =>
    Math.max(1, Math.round((seconds * period) / pyrraPeriod / minute)) * minute;
  return arms.map((arm) => ({ ...arm, long: stretch(arm.long), short: stretch(arm.short) }));
}

function catalogue(slo: Pick<Slo, 'period'>, name: 'workbook' | 'sloth' | 'pyrra'): readonly CatalogueArm[] {
  if (name === 'pyrra') return scaled(pyrra, slo.period.seconds);
  return name === 'sloth' ? sloth : workbook;
}

/**
 * The burn-rate arms of an objective, in the order in which they are written. The factors of workbook and sloth are the same for every
 * period: a burn rate says how fast the budget is spent whatever the period, and a factor that shrank with it would fall below 1, where
 * an arm fires although the objective is met.
 */
export function arms(slo: Pick<Slo, 'windows' | 'period'>): readonly BurnArm[] {
  if (typeof slo.windows !== 'string') return slo.windows;
  return catalogue(slo, slo.windows).map(({ severity, long, short, factor }) => ({
    severity,
    long: durationOf(long),
    short: durationOf(short),
    factor,
  }));
}

/** What may be bad, as a share: 0.005 for an objective of `99.5` percent. */
export function budgetOf(objective: string): Decimal {
  return multiply(subtract(decimal('100'), decimal(objective)), decimal('0.01'));
}

/** The objective as a share: 0.995 for `99.5` percent. */
export function objectiveShare(objective: string): Decimal {
  return multiply(decimal(objective), decimal('0.01'));
}

/** The share of bad events above which an arm fires. */
export function armThreshold(arm: Pick<BurnArm, 'factor'>, objective: string): Decimal {
  return multiply(decimalOf(arm.factor), budgetOf(objective));
}

/** Whether a share of bad events can exceed the arm's threshold at all: it is never more than 1. */
export function canFire(arm: Pick<BurnArm, 'factor'>, objective: string): boolean {
  return compare(armThreshold(arm, objective), decimal('1')) < 0;
}

/** The largest burn rate that an objective admits: the one of a complete outage. */
export function highestBurnRate(objective: string): number {
  const { digits, scale } = budgetOf(objective);
  return digits === 0n ? Infinity : Number(10n ** BigInt(scale)) / Number(digits);
}
