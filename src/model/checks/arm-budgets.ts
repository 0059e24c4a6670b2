import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { budgetSpent, mostSpent } from '../../slo/windows.js';
import { durationOf } from '../duration.js';
import type { BurnArm, Slo } from '../model.js';
import { alertedArms, type PlacedArm } from './burn-rates.js';
import type { Rule } from './rule.js';

/** The steady burn rate that an objective may overlook: at twice the budget's pace it is missed by as much again as it promised. */
const mostOverlooked = 2;

const words = ({ factor, long }: BurnArm): string => `factor ${factor} over ${long.text}`;

function* lateArms(slo: Slo, list: readonly PlacedArm[]): Iterable<Diagnostic> {
  for (const { arm, place } of list) {
    const spent = budgetSpent(arm, slo);
    if (spent <= mostSpent || arm.long.seconds > slo.period.seconds) continue;
    const fits = durationOf(Math.floor((mostSpent * slo.period.seconds) / arm.factor / 60) * 60);
    yield diagnostic('OBS3210', {
      message:
        spent >= 1
          ? `an arm with ${words(arm)} fires only after the whole budget of ${slo.period.text} is spent`
          : `an arm with ${words(arm)} fires only after ${Math.round(spent * 100)} % of the budget of ${slo.period.text} is spent`,
      range: place('long'),
      help: `with a long window of ${fits.text} it would be ${Math.round(mostSpent * 100)} %`,
    });
  }
}

/** Whether an arm fires no later than another one, whatever happens, and wakes the same people or more of them. */
function forestalls(first: BurnArm, second: BurnArm): boolean {
  return (
    (first.severity === second.severity || first.severity === 'page') &&
    first.long.seconds <= second.long.seconds &&
    first.short.seconds <= second.short.seconds &&
    first.factor <= second.factor
  );
}

function* idleArms(list: readonly PlacedArm[]): Iterable<Diagnostic> {
  for (const [index, { arm, place }] of list.entries()) {
    const earlier = list.find(
      (other, otherIndex) =>
        otherIndex !== index &&
        forestalls(other.arm, arm) &&
        (!forestalls(arm, other.arm) || otherIndex < index),
    );
    if (earlier === undefined) continue;
    yield diagnostic('OBS3217', {
      message: `an arm with ${words(arm)} adds nothing: the one with ${words(earlier.arm)} fires before it`,
      range: place('factor'),
      related: [{ range: earlier.place('factor'), message: 'fires before it' }],
      help: 'factors fall as windows grow: lower its factor, or leave it out',
    });
  }
}

function overlooked(slo: Slo, list: readonly PlacedArm[]): Diagnostic | undefined {
  const [lowest] = [...list].sort((a, b) => a.arm.factor - b.arm.factor);
  if (lowest === undefined || lowest.arm.factor <= mostOverlooked) return undefined;
  const { factor } = lowest.arm;
  return diagnostic('OBS3218', {
    message: `burn rates up to ${factor} alert nobody: in ${slo.period.text} they spend the budget ${Number(factor.toPrecision(3))} times`,
    range: lowest.place('factor'),
    help: 'add an arm for what burns slowly: { severity: ticket, long: 3d, short: 6h, factor: 1 }',
  });
}

/** OBS3210, OBS3217, OBS3218: arms fire in time, each has something to add, and together they miss nothing that spends the budget. */
export const armBudgets: Rule = function* ({ model }) {
  for (const slo of model.slos.values()) {
    const { repaired, windows } = slo;
    if (repaired.has('windows') || repaired.has('alerting') || repaired.has('period')) continue;
    const list = alertedArms(slo);
    yield* lateArms(slo, list);
    // A catalogue has no idle arms, and whoever switches a severity of one off knows what is left.
    if (typeof windows === 'string') continue;
    yield* idleArms(list);
    const found = overlooked(slo, list);
    if (found !== undefined) yield found;
  }
};
