import type { Call } from '../../ast.js';
import { adding, minus, unlabelled } from '../labels.js';
import { settled, type Scope } from '../scope.js';
import { unknownValue, type Value } from '../value.js';
import type { Transfer } from './transfer.js';

function relabelled(_scope: Scope, { args, func }: Call, values: readonly Value[]): Value {
  const value = values[0] ?? unknownValue;
  const target = args[1];
  if (target?.kind !== 'string' || value.labels === undefined) return { ...value, labels: undefined };
  const isSure = func === 'label_replace' ? value.labels.sure.has(target.value) : false;
  const labels = adding(value.labels, target.value, isSure);
  // What the new value is, and whether it tells series apart, depends on the others.
  return { ...value, labels: { ...labels, varying: minus(labels.varying, [...labels.varying]) } };
}

const unchanged: Transfer = (_scope, _call, [value = unknownValue]) => value;

/** Functions that change labels or the order of series, and those that take labels away. */
export const labelFunctions: readonly (readonly [string, Transfer])[] = [
  ['label_replace', relabelled],
  ['label_join', relabelled],
  ['sort', unchanged],
  ['sort_desc', unchanged],
  ['sort_by_label', unchanged],
  ['sort_by_label_desc', unchanged],
  ['info', (scope, _call, [value = unknownValue]) => ({ ...settled(scope, value), labels: undefined })],
  ['vector', (_scope, _call, [value = unknownValue]) => ({ ...value, kind: 'instant', labels: unlabelled })],
  [
    'scalar',
    (scope, _call, [value = unknownValue]) => ({
      ...settled(scope, value),
      kind: 'scalar',
      labels: unlabelled,
      constant: undefined,
      startsEmpty: false,
    }),
  ],
];
