import { AsyncLocalStorage } from 'node:async_hooks';
import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const storage = new AsyncLocalStorage<string>();

export async function inner(): Promise<string | undefined> {
  await new Promise((resolve) => traceCall(spans.expressionCall, () => setImmediate(resolve)));
  return storage.getStore();
}
(inner as unknown) = traceFunction(spans.functionCall, 'inner', inner);

export function* values(): Generator<string | undefined> {
  yield storage.getStore();
  yield storage.getStore();
}
(values as unknown) = traceFunction(spans.functionCall, 'values', values);
