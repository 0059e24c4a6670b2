import { spans, traceCall, traceFunction } from './generated/instrument.js';

export async function settle<T>(value: T | PromiseLike<T>): Promise<T> {
  return await value;
}
(settle as unknown) = traceFunction(spans.functionCall, 'settle', settle);

export async function returnThenable(): Promise<number> {
  return { then: (resolve: (value: number) => void) => traceCall(spans.expressionCall, () => resolve(5)) } as unknown as Promise<number>;
}
(returnThenable as unknown) = traceFunction(spans.functionCall, 'returnThenable', returnThenable);
