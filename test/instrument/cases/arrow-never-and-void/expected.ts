import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const fail = traceFunction(spans.expressionCall, 'fail', (message: string): never => {
  throw new Error(message);
});
export const log: string[] = [];
export const note = traceFunction(spans.expressionCall, 'note', (text: string): void => void log.push(text));
export const callbacks: (() => void)[] = [() => traceCall(spans.expressionCall, () => log.push('pushed')), async () => { await traceCall(spans.expressionCall, async () => {}); }, () => traceCall(spans.expressionCall, () => 5)];
