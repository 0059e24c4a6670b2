interface Tool {
  readonly description: string;
  readonly execute: (input: { city: string }) => Promise<string>;
}

export const tool = (definition: Tool): Tool => definition;

export const weather = tool({
  description: 'weather',
  execute: async ({ city }) => {
    if (city === '') throw new Error('no city');
    return `sunny in ${city}`;
  },
});

export const list: { readonly items: (count: number) => string[] } = {
  items(count) {
    return Array.from({ length: count }, () => 'item');
  },
};
