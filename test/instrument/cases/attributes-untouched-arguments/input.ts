export function run(input: { items: string[] }): string[] {
  const { items } = input;
  items.push('added');
  input = { items: ['replaced'] };
  return items;
}

export const take = ({ items: [first, ...others] }: { items: string[] }): unknown => ({ first, others });
export const iterated: (input: { items: Iterable<string> }) => string[] = ({ items }) => [...items];
export const api = {
  each({ items }: { items: Iterable<string> }, ...others: unknown[]): unknown[] {
    return [...items, ...others];
  },
};
