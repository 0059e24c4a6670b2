import { spans, traceCall } from './generated/instrument.js';

export const even = [1, 2, 3, 4].filter((value) => value % 2 === 0);
export const sum = [1, 2, 3].reduce((total, value) => traceCall(spans.expressionCall, () => total + value), 0);
export const parsed = ['1', '2'].map(Number).sort((a, b) => traceCall(spans.expressionCall, () => b - a));
export const chained = Promise.resolve(1)
  .then((value) => traceCall(spans.expressionCall, () => value + 1))
  .then(async (value) => await traceCall(spans.expressionCall, async () => `${value}`))
  .finally(() => { traceCall(spans.expressionCall, () => {}); });
export const texts = [1, 'a', 2].filter((value) => typeof value === 'string');
export const first: string | undefined = texts[0];
export const made = new Promise<number>((resolve) => { traceCall(spans.expressionCall, () => {
  resolve(4);
}); });
export const replaced = 'abc'.replace(/b/, (found) => traceCall(spans.expressionCall, () => found.toUpperCase()));
