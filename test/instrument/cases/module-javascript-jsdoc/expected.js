// @ts-check
import { sep } from 'node:path';
import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

/**
 * @param {string} left
 * @param {string} [right]
 * @returns {string}
 */
export function join(left, right = '') {
  return left + sep + right;
}
// @ts-expect-error: a function is given its traced form
join = traceFunction(spans.functionCall, 'join', join);

/** @type {(value: number) => Promise<number>} */
export const double = async (value) => await traceCall(spans.expressionCall, async () => value * 2);

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  /** @param {string} task */
  run(task) {
    return join(task);
  }
}
