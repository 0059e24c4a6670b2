import { spans, traceFunction } from './generated/instrument.js';

export const anonymous = traceFunction(spans.expressionCall, 'anonymous', function (text: string): string {
  return text;
});
export const named = traceFunction(spans.expressionCall, 'inner', function inner(depth: number): number {
  return depth === 0 ? 0 : 1 + inner(depth - 1);
});
export const later = traceFunction(spans.expressionCall, 'later', async function (this: { name: string } | undefined): Promise<string> {
  return this?.name ?? 'no one';
});
export const values = traceFunction(spans.expressionCall, 'values', function* (): Generator<number> {
  yield 1;
});
export const stream = traceFunction(spans.expressionCall, 'named2', async function* named2(): AsyncGenerator<number> {
  yield* [1, 2];
});
