type Work = (options: { readonly limit?: number | undefined }, name: string | undefined) => string;

export const run: Work = (options, name) => {
  name ??= 'unnamed';
  const say = (): string => name.toUpperCase();
  if (options.limit === undefined) return say();
  const { limit } = options;
  return `${say()} ${limit.toFixed(1)}`;
};

export const trim: (text: string | undefined) => number = (text) => {
  if (text === undefined) text = '';
  return [1].map(() => text.length)[0] ?? 0;
};
