export function read(options: Readonly<{ items: readonly number[] }>): number {
  return options.items.length;
}

export function frozen(): Readonly<Record<string, unknown>> {
  return Object.freeze({ list: Object.freeze([1, 2]) });
}

export const api = Object.freeze({
  run(value: number): number {
    return value * 2;
  },
});
