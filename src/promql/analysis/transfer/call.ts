import type { Call } from '../../ast.js';
import { functions } from '../../functions.js';
import { closedSet } from '../labels.js';
import type { Scope } from '../scope.js';
import { unknownValue, type Value } from '../value.js';
import { absence } from './absence.js';
import { clock } from './clock.js';
import { histograms } from './histograms.js';
import { labelFunctions } from './label-functions.js';
import { overTime } from './over-time.js';
import { pointwise } from './pointwise.js';
import { rates } from './rates.js';
import type { Transfer } from './transfer.js';

const transfers: ReadonlyMap<string, Transfer> = new Map([
  ...absence,
  ...clock,
  ...histograms,
  ...labelFunctions,
  ...overTime,
  ...pointwise,
  ...rates,
]);

/** A function's result; of functions that are not known here nothing but the labels of their first vector. */
export function call(scope: Scope, expr: Call): Value {
  const args = expr.args.map((each) => scope.value(each));
  const transfer = transfers.get(expr.func);
  if (transfer !== undefined) return transfer(scope, expr, args);
  const vector = args.find(({ kind }) => kind === 'instant' || kind === 'range');
  const labels = args.length === 0 ? closedSet([]) : vector?.labels;
  return { ...unknownValue, labels, kind: functions.get(expr.func)?.returns ?? 'instant' };
}
