import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function broken(): number {
  const text: number = 'not a number';
  return text;
}
(broken as unknown) = traceFunction(spans.functionCall, 'broken', broken);

export const inferred = (value): unknown => traceCall(spans.expressionCall, (): unknown => value);
