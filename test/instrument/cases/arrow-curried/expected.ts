import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const curry = traceFunction(spans.expressionCall, 'curry', (left: number) => (middle: number) => traceCall(spans.expressionCall, () => async (right: number) => await traceCall(spans.expressionCall, async () => left + middle + right)));
export const middleware =
  traceFunction(spans.expressionCall, 'middleware', (log: string[]) =>
  <T>(next: (value: T) => T) =>
  traceCall(spans.expressionCall, () => (value: T): T => traceCall(spans.expressionCall, (): T => {
    log.push('in');
    return next(value);
  })));
