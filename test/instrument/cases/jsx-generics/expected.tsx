import { spans, traceFunction } from './generated/instrument.js';

export const identity = traceFunction(spans.expressionCall, 'identity', <T,>(value: T): T => value);
export const extended = traceFunction(spans.expressionCall, 'extended', async <T extends object>(value: T): Promise<keyof T> => Object.keys(value)[0] as keyof T);
export const wrapped = traceFunction(spans.expressionCall, 'wrapped', function <T>(value: T): T[] {
  return [value];
});
