import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function cached(key: string): string {
  cached.hits += 1;
  return key;
}
(cached as unknown) = traceFunction(spans.functionCall, 'cached', cached);
cached.hits = 0;
cached.reset = (): void => traceCall(spans.expressionCall, (): void => {
  cached.hits = 0;
});
