import type { Call } from '../../ast.js';
import { absentAggregate } from '../checks/absent-aggregate.js';
import { interval } from '../interval.js';
import { closedSet, unlabelled } from '../labels.js';
import type { Scope } from '../scope.js';
import { unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

/** 1 where there is nothing, with the labels that the selector names by equality. */
function absent(scope: Scope, call: Call): Value {
  const [arg] = call.args;
  scope.report(absentAggregate(call));
  const names =
    arg?.kind === 'selector'
      ? arg.matchers.filter((each) => each.operator === '=').map((each) => each.label)
      : [];
  return {
    ...unknownValue,
    labels: names.length === 0 ? unlabelled : closedSet(names),
    nature: 'count',
    range: interval(1, 1),
    filtered: true,
  };
}

/** Functions that ask whether there is anything. */
export const absence: readonly (readonly [string, Transfer])[] = [
  ['absent', absent],
  ['absent_over_time', absent],
];
