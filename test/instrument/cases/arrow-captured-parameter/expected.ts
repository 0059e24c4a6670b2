import { spans, traceCall, traceFunction } from './generated/instrument.js';

type Work = (options: { readonly limit?: number | undefined }, name: string | undefined) => string;

export const run: Work = traceFunction(spans.expressionCall, 'run', (options, name) => {
  name ??= 'unnamed';
  const say = traceFunction(spans.expressionCall, 'say', (): string => name.toUpperCase());
  if (options.limit === undefined) return say();
  const { limit } = options;
  return `${say()} ${limit.toFixed(1)}`;
});

export const trim: (text: string | undefined) => number = traceFunction(spans.expressionCall, 'trim', (text) => {
  if (text === undefined) text = '';
  return [1].map(() => traceCall(spans.expressionCall, () => text.length))[0] ?? 0;
});
