import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const calls: string[] = [];

export function watched(): Promise<string> {
  const promise = Promise.resolve('value');
  const original = promise.then.bind(promise);
  promise.then = ((...args: Parameters<typeof original>) => traceCall(spans.expressionCall, () => {
    calls.push('then');
    return original(...args);
  })) as typeof promise.then;
  return promise;
}
(watched as unknown) = traceFunction(spans.functionCall, 'watched', watched);
