import { spans, traceCall } from './generated/instrument.js';

interface Fields<I> {
  readonly name: string;
  readonly schema: I;
}

function tool<I, O>(
  work: (input: I, config: { readonly tags: string[] }) => O,
  fields: Fields<I>,
): { readonly name: string; invoke(input: I): O } {
  return { name: fields.name, invoke: (input) => work(input, { tags: [fields.name] }) };
}

export const search = tool(async ({ query }, config) => await traceCall(spans.toolCall, { query: 'args.0.query' }, { args: [{ query }] }, async () => `${query} ${config.tags.join()}`), {
  name: 'search',
  schema: { query: '' },
});

export const count = tool(
  (input) => traceCall(spans.toolCall, { query: 'args.0.query' }, { args: [input] }, () => {
    return input.query.length;
  }),
  { name: 'count', schema: { query: '' } },
);
