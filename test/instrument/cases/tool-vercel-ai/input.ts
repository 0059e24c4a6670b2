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
    execute: async ({ city }) => ({ city, degrees: 20 }),
  }),
  time: tool({
    description: 'The time.',
    inputSchema: schema,
    async execute({ city }, { toolCallId }) {
      return `${city} ${toolCallId}`;
    },
  }),
  failing: tool({
    description: 'Fails.',
    inputSchema: schema,
    execute: (input) => {
      throw new Error(`no ${input.city}`);
    },
  }),
};
