import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const identity = traceFunction(spans.expressionCall, 'identity', <T>(value: T): T => value);
export const keyed = traceFunction(spans.expressionCall, 'keyed', async <T extends object, const K extends readonly (keyof T)[]>(value: T, keys: K) =>
  keys.map((key) => traceCall(spans.expressionCall, () => value[key])));
export const text: 'a' = identity('a');
