import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const walk = traceFunction(spans.expressionCall, 'walk', (depth: number): number => (depth === 0 ? 0 : 1 + walk(depth - 1)));
export const visit: (tree: readonly unknown[]) => number = traceFunction(spans.expressionCall, 'visit', (tree) =>
  tree.reduce<number>((count, node) => traceCall(spans.expressionCall, () => count + (Array.isArray(node) ? visit(node as unknown[]) : 1)), 0));
export const poll = traceFunction(spans.expressionCall, 'poll', async (left: number): Promise<string> => {
  if (left === 0) return 'over';
  await null;
  return poll(left - 1);
});
