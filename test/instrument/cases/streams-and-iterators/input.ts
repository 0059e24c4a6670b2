import { Readable } from 'node:stream';

export function stream(parts: readonly string[]): Readable {
  return Readable.from(parts);
}

export function iterate(limit: number): Iterable<number> {
  return {
    [Symbol.iterator]() {
      let value = 0;
      return { next: () => (value < limit ? { done: false, value: value++ } : { done: true, value: undefined }) };
    },
  };
}

export async function read(source: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of source) text += part;
  return text;
}
