import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const one = ((traceFunction(spans.expressionCall, 'one', (value: number) => value)));
export const two = (traceFunction(spans.expressionCall, 'two', (value: number) => {
  return value + 2;
})) as (value: number) => number;
export const three = <(value: number) => number>((value) => traceCall(spans.expressionCall, () => value + 3));
export const four = (traceFunction(spans.expressionCall, 'four', (value: number) => value))!;
