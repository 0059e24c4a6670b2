import { keepContext } from './generated/instrument.js';

declare const brand: unique symbol;
type Named = { readonly [brand]?: never; readonly name: string };

interface Events {
  open: [name: string, size: number];
  close: [];
}

class Typed<M extends { [K in keyof M]: readonly unknown[] }> {
  readonly #all: (readonly [unknown, (...args: never[]) => unknown])[] = [];
  on<K extends keyof M>(key: K, listener: (this: Typed<M>, ...args: M[K] & never[]) => void): this {
    this.#all.push([key, listener as (...args: never[]) => unknown]);
    return this;
  }
  count(): number {
    return this.#all.length;
  }
}

const typed = new Typed<Events>();

function mapped<T, U>(values: readonly T[], map: (value: T) => U): U[] {
  return values.map((value) => map(value));
}

function mappedBack<T, U>(map: (value: T) => U, values: readonly T[]): U[] {
  return values.map((value) => map(value));
}

function subscribe(listener: (kind: 'a' | 'b') => 'yes' | 'no', options?: { readonly now: boolean }): string {
  return `${listener('a')} ${String(options?.now)}`;
}

function listen(listener?: (named: Named) => asserts named is Named & { name: 'x' }): boolean {
  return listener !== undefined;
}

async function each<T>(values: T[], work: (value: T) => Promise<void>): Promise<void> {
  for (const value of values) await work(value);
}

function create<T extends object>(make: () => T): T {
  return make();
}

export async function run(): Promise<unknown[]> {
  const lengths = mapped(['a', 'bc'], (text) => text.length);
  const back = mappedBack((text) => text.length, ['a', 'bc']);
  const annotated = mappedBack(keepContext((text: string) => text.length), ['a', 'bc']);
  const answer = subscribe(keepContext((kind) => (kind === 'a' ? 'yes' : 'no')), { now: true });
  typed.on('close', keepContext(function () {
    this.count();
  }));
  const seen: number[] = [];
  await each([1, 2], keepContext(async (value) => {
    seen.push(value);
  }));
  const made = create(() => ({ tag: 'literal' as const }));
  return [lengths, back, annotated, answer, seen, made.tag, listen(undefined), typed.count()];
}
