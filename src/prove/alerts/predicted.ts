import type { AlertingRule } from '../../promql/rule.js';
import type { Check } from '../scenario.js';
import { firing, silent } from './subject.js';
import type { Labels } from './rows.js';

/** Whether the condition of an alert holds, evaluation by evaluation. */
export type Course = readonly boolean[];

/**
 * Whether an alert fires, evaluation by evaluation.
 * @param pending evaluations of `for`
 * @param kept evaluations of keep_firing_for
 */
export function alertCourse(condition: Course, pending: number, kept: number): Course {
  let since: number | undefined;
  let isFiring = false;
  let ended: number | undefined;
  return condition.map((holds, at) => {
    if (holds) {
      since ??= at;
      ended = undefined;
      if (at - since >= pending) isFiring = true;
    } else {
      if (isFiring) ended ??= at;
      if (!isFiring || at - (ended ?? at) >= kept) {
        since = undefined;
        ended = undefined;
        isFiring = false;
      }
    }
    return isFiring;
  });
}

/**
 * Checks on both sides of every turn of an alert. Prometheus 2 counts a sample at the far edge of a range and Prometheus 3 does not: what
 * is checked is where both agree.
 * @param pace seconds between evaluations
 */
export function checksOf(
  rule: AlertingRule,
  group: Labels,
  courses: readonly Course[],
  pace: number,
): readonly Check[] {
  const [first = []] = courses;
  const last = first.length - 1;
  const agreed = (at: number): boolean | undefined => {
    const state = first[at];
    return courses.every((course) => course[at] === state) ? state : undefined;
  };
  const times = new Set<number>();
  for (let at = 1; at <= last; at += 1) {
    if (first[at] === first[at - 1]) continue;
    let before = at - 1;
    while (before > 0 && agreed(before) !== first[at - 1]) before -= 1;
    let after = at;
    while (after < last && agreed(after) !== first[at]) after += 1;
    times.add(before).add(after);
  }
  times.add(last);
  return [...times]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const state = agreed(at);
      if (state === undefined) return [];
      return [state ? firing(rule, at * pace, group) : silent(rule, at * pace)];
    });
}
