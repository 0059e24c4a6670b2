import { logs, metrics, spans, traceCall, traceFunction } from './generated/instrument.js';

interface Tool {
  readonly description: string;
  readonly execute: (input: { city: string }) => Promise<string>;
}

export const tool = traceFunction({ span: spans.caseCall, log: [logs.callEnded, { kind: '=tool', size: 'result.length' }] }, 'tool', (definition: Tool): Tool => definition);

export const weather = tool({
  description: 'weather',
  execute: async ({ city }) => await traceCall({ count: [metrics.caseCallsTotal, { kind: '=weather' }], time: [metrics.caseCallSeconds, { kind: '=weather', size: 'args.0.city' }] }, { args: [{ city }] }, async () => {
    if (city === '') throw new Error('no city');
    return `sunny in ${city}`;
  }),
});

export const list: { readonly items: (count: number) => string[] } = {
  items(count) { return traceCall({ span: spans.caseCall, log: [logs.callEnded, { kind: '=items', size: 'result.length' }] }, () => {
    return Array.from({ length: count }, () => 'item');
  }); },
};
