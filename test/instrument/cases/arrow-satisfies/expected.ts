import { spans, traceCall } from './generated/instrument.js';

type Handlers = Record<string, (value: number) => number | string>;

export const handlers = {
  twice: (value) => traceCall(spans.expressionCall, () => value * 2),
  text: (value) => traceCall(spans.expressionCall, () => String(value)),
} satisfies Handlers;

export const single = ((value) => traceCall(spans.expressionCall, () => value + 1)) satisfies (value: number) => number;
export const twice: number = handlers.twice(2);
