import { spans, traceFunction } from './generated/instrument.js';

// eslint-disable-next-line no-unused-vars
export function one(): number {
  // @ts-expect-error: wrong on purpose
  return 'text';
}
(one as unknown) = traceFunction(spans.functionCall, 'one', one);
// @ts-ignore
export function two(): number { return missing; }
(two as unknown) = traceFunction(spans.functionCall, 'two', two);

export const three = traceFunction(spans.expressionCall, 'three', (): string =>
  // @ts-expect-error: wrong on purpose
  3);

/* istanbul ignore next */ export function four(): void {}
(four as unknown) = traceFunction(spans.functionCall, 'four', four);
