import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function run(input: { items: string[] }): string[] {
  const { items } = input;
  items.push('added');
  input = { items: ['replaced'] };
  return items;
}
(run as unknown) = traceFunction(spans.agentRun, { first: 'args.0.items.0' }, 'run', run);

export const take = traceFunction(spans.agentRun, { first: 'args.0.items.0' }, 'take', ({ items: [first, ...others] }: { items: string[] }): unknown => ({ first, others }));
export const iterated: (input: { items: Iterable<string> }) => string[] = traceFunction(spans.agentRun, { first: 'args.0.items.0' }, 'iterated', ({ items }) => [...items]);
export const api = {
  each({ items }: { items: Iterable<string> }, ...others: unknown[]): unknown[] { return traceCall(spans.agentRun, { first: 'args.0.items.0' }, { args: [{ items }] }, (): unknown[] => {
    return [...items, ...others];
  }); },
};
