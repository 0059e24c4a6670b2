interface Definition<I, O> {
  readonly id: string;
  readonly inputSchema: I;
  execute(context: { readonly context: I }): Promise<O>;
}

function createTool<I, O>(definition: Definition<I, O>): Definition<I, O> {
  return definition;
}

export const lookUp = createTool({
  id: 'look-up',
  inputSchema: { key: '' },
  execute: async ({ context }) => context.key.length,
});

export const method = createTool({
  id: 'method',
  inputSchema: { key: '' },
  async execute({ context: { key } }) {
    return `${this.id} ${key}`;
  },
});
