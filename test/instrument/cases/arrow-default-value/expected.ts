import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function retry(work: () => number, onError = (error: unknown): number => traceCall(spans.expressionCall, (): number => (error instanceof Error ? 1 : 0))): number {
  try {
    return work();
  } catch (error) {
    return onError(error);
  }
}
(retry as unknown) = traceFunction(spans.functionCall, 'retry', retry);

export const configured = traceFunction(spans.expressionCall, 'configured', ({ now = () => traceCall(spans.expressionCall, () => 5) }: { now?: () => number } = {}): number => now());
