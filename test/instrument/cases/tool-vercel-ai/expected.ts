import { spans, traceCall } from './generated/instrument.js';

interface Tool<I, O> {
  description: string;
  inputSchema: { parse(value: unknown): I };
  execute?: (input: I, options: { toolCallId: string }) => Promise<O> | O;
}

function tool<I, O>(definition: Tool<I, O>): Tool<I, O> {
  return definition;
}

const schema = { parse: (value: unknown) => value as { city: string } };

export const tools = {
  weather: tool({
    description: 'The weather.',
    inputSchema: schema,
    execute: async ({ city }) => await traceCall(spans.toolCall, { city: 'args.0.city' }, { args: [{ city }] }, async () => ({ city, degrees: 20 })),
  }),
  time: tool({
    description: 'The time.',
    inputSchema: schema,
    async execute({ city }, { toolCallId }) { return await traceCall(spans.toolCall, { city: 'args.0.city' }, { args: [{ city }] }, async () => {
      return `${city} ${toolCallId}`;
    }); },
  }),
  failing: tool({
    description: 'Fails.',
    inputSchema: schema,
    execute: (input) => traceCall(spans.toolCall, { city: 'args.0.city' }, { args: [input] }, () => {
      throw new Error(`no ${input.city}`);
    }),
  }),
};
