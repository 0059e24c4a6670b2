import { spans, traceAccessor, traceCall, traceFunction } from './generated/instrument.js';

export class Task<T> extends Promise<T> {
  static {
    traceAccessor(spans.accessorRead, this, 'get', Symbol.species);
  }

  label = 'task';
  static get [Symbol.species](): PromiseConstructor {
    return Promise;
  }
}

export function start(): Task<number> {
  return new Task((resolve) => traceCall(spans.expressionCall, () => resolve(1)));
}
(start as unknown) = traceFunction(spans.functionCall, 'start', start);

export function fail(): Task<number> {
  return new Task((_, reject) => traceCall(spans.expressionCall, () => reject(new Error('failed'))));
}
(fail as unknown) = traceFunction(spans.functionCall, 'fail', fail);
