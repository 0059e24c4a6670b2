import { spans, traceCall, traceFunction } from './generated/instrument.js';

const wait = traceFunction(spans.expressionCall, 'wait', (milliseconds: number): Promise<void> =>
  new Promise((resolve) => { traceCall(spans.expressionCall, () => {
    setTimeout(resolve, milliseconds);
  }); }));

export async function slow(signal: AbortSignal): Promise<string> {
  await wait(60);
  signal.throwIfAborted();
  return 'slow';
}
(slow as unknown) = traceFunction(spans.functionCall, 'slow', slow);

export async function fast(): Promise<string> {
  await wait(1);
  return 'fast';
}
(fast as unknown) = traceFunction(spans.functionCall, 'fast', fast);
