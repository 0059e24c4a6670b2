import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function strategy(): string {
  return 'first';
}
(strategy as unknown) = traceFunction(spans.functionCall, 'strategy', strategy);

export function change(): void {
  // @ts-expect-error: a program may do that
  strategy = () => traceCall(spans.expressionCall, () => 'second');
}
(change as unknown) = traceFunction(spans.functionCall, 'change', change);
