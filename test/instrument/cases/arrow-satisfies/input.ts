type Handlers = Record<string, (value: number) => number | string>;

export const handlers = {
  twice: (value) => value * 2,
  text: (value) => String(value),
} satisfies Handlers;

export const single = ((value) => value + 1) satisfies (value: number) => number;
export const twice: number = handlers.twice(2);
