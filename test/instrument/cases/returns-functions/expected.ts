import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function curry(left: number) {
  return function inner(right: number) { return traceCall(spans.expressionCall, () => {
    return (third: number): number => traceCall(spans.expressionCall, (): number => left + right + third);
  }); };
}
(curry as unknown) = traceFunction(spans.functionCall, 'curry', curry);

export function identity<T>(value: T): T {
  return value;
}
(identity as unknown) = traceFunction(spans.functionCall, 'identity', identity);
