import type { BurnArm, Slo } from '../model/model.js';
import { durationOf } from '../model/duration.js';
import { compare, decimal, decimalOf, multiply, printDecimal, subtract, type Decimal } from './decimal.js';

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

/** The share of the budget that an arm may wait for. */
export const mostSpent = 0.25;

/** How many short windows a long one has. */
const shortsPerLong = 12;

/**
 * The workbook's windows are made for about a month: over a week, three days at factor 1 would spend 43 % of the budget before anybody
 * hears of it. Arms that wait for too much are shortened until they wait for no more than a quarter, to whole minutes.
 */
function cut(arms: readonly CatalogueArm[], period: number): readonly CatalogueArm[] {
  return arms.map((arm) => {
    const longest = (mostSpent * period) / arm.factor;
    if (arm.long <= longest) return arm;
    const long = Math.max(1, Math.floor(longest / minute)) * minute;
    return { ...arm, long, short: Math.max(1, Math.floor(long / shortsPerLong / minute)) * minute };
  });
}

function catalogue(slo: Pick<Slo, 'period'>, name: 'workbook' | 'sloth' | 'pyrra'): readonly CatalogueArm[] {
  if (name === 'pyrra') return scaled(pyrra, slo.period.seconds);
  return cut(name === 'sloth' ? sloth : workbook, slo.period.seconds);
}

/** The share of the budget that is spent when an arm's long window trips at its own burn rate. */
export function budgetSpent(arm: Pick<BurnArm, 'factor' | 'long'>, { period }: Pick<Slo, 'period'>): number {
  return (arm.factor * arm.long.seconds) / period.seconds;
}

/**
 * Seconds from the start of an incident on a healthy service until an arm's long window exceeds its threshold, where a share `bad` of
 * the events is bad from then on; undefined where it never does. From the SRE Workbook, "Alerting on SLOs".
 */
export function detectionTime(
  arm: Pick<BurnArm, 'factor' | 'long'>,
  objective: string,
  bad: number,
): number | undefined {
  const threshold = Number(printDecimal(armThreshold(arm, objective)));
  return bad > threshold ? (arm.long.seconds * threshold) / bad : undefined;
}

/** Seconds that a budget lasts where a share `bad` of the events is bad. */
export function budgetLasts({ objective, period }: Pick<Slo, 'objective' | 'period'>, bad: number): number {
  return (period.seconds * Number(printDecimal(budgetOf(objective)))) / bad;
}

/**
 * The burn-rate arms of an objective, in the order in which they are written. The factors of workbook and sloth are the same for every
 * period: a burn rate says how fast the budget is spent whatever the period, and a factor that shrank with it would fall below 1, where
 * an arm fires although the objective is met. What shrinks with a short period are the windows.
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
