import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../src/instrument/candidate.js';
import { compiled } from './class-program.js';
import { edited, forms, withImport, type EditOptions } from './function-harness.js';

/** Functions with whatever types hang on them. Each compiles as it is. */
const programs: Readonly<Record<string, string>> = {
  declarations: `
export function plain(task: string): number { return task.length; }
export function inferred(task: string) { return { task, kind: 'a' }; }
export function literal() { return 'a' as const; }
export function over(task: string): string;
export function over(task: number): number;
export function over(task: string | number): string | number { return task; }
export function isText(value: unknown): value is string { return typeof value === 'string'; }
export function isThere<T>(value: T | undefined) { return value !== undefined; }
export function assertText(value: unknown): asserts value is string { if (typeof value !== 'string') throw new Error('no'); }
export function assertOk(value: unknown): asserts value { if (!value) throw new Error('no'); }
export function fail(): never { throw new Error('never'); }
export function onlyThrows() { throw new Error('void'); }
export function recursive(depth: number): number { return depth === 0 ? 0 : recursive(depth - 1); }
export function even(depth: number): boolean { return depth === 0 || odd(depth - 1); }
export function odd(depth: number): boolean { return depth !== 0 && even(depth - 1); }
export function poll() { setTimeout(poll, 1); }
export async function later<T>(value: T) { return [value]; }
export async function* stream(): AsyncGenerator<string, void, undefined> { yield 'a'; }
export function* values() { const given: number = yield 'a'; return given; }
export function withThis(this: { size: number }, more = 1, ...rest: string[]) { return this.size + more + rest.length; }
export function narrowed(value: string | undefined) {
  value = value ?? 'x';
  const inner = () => value.length;
  return inner();
}
export function spread<const T extends readonly unknown[]>(...items: T) { return items; }
export function generic<K extends string, V>(key: K, value: V): Record<K, V> { return { [key]: value } as Record<K, V>; }
function local(value: string | number) { if (!isText(value)) return 0; assertText(value); return value.length; }
export const used = [local('a'), inferred('b').kind.length] as const;
export { local as renamed };
export default function named(task: { id: string }) { return task.id; }
`,
  nested: `
export function outer(task: string) {
  return helper(task) + inner();
  function helper(text: string) { return text.length; }
  function inner() { return helper('x'); }
}
export function blocks(flag: boolean): number {
  if (flag) { function one() { return 1; } return one(); }
  function two() { return 2; }
  return two();
}
export function switched(kind: 'a' | 'b'): string {
  switch (kind) {
    case 'a': { function a(): string { return 'a'; } return a(); }
    default: return 'b';
  }
}
namespace Inner { export function shown(value: string): string { return value; } export const kept = (value: string): string => value; function hidden() { return 1; } export const made = hidden(); }
export const shown = Inner.shown(Inner.kept('a')) + Inner.made;
`,
  anonymous: `export default function (task: string) { return task.length; }\n`,
  anonymousGenerator: `export default async function* (task: string) { yield task; }\n`,
  arrowDefault: `export default async (task: string) => { return { task }; };\n`,
  values: `
interface Part { type: 'text' | 'image'; pair: [number, string] }
type Handler = (request: { url: string }, answer: { send(text: string): void }) => Promise<void> | void;
type Overloaded = { (value: string): string; (value: number): number };
type Generic = <T>(value: T) => T[];
export const plain = (task: string) => task.length;
export const text = () => 'a';
export const union = (flag: boolean) => (flag ? 'a' : 'b');
export const tuple = () => ['a', 1] as const;
export const mixed = (flag: boolean) => { if (flag) return { a: 1 }; return { b: 'x' }; };
export const nothing = () => {};
export const empty = () => null;
export const thrown = () => { throw new Error('never'); };
export const generic = <T, U extends keyof T>(object: T, key: U) => object[key];
export const guard = (value: string | undefined) => value !== undefined;
export const guarded = (value: unknown): value is Part => typeof value === 'object';
export const asserted: (value: unknown) => asserts value is string = (value) => { if (typeof value !== 'string') throw new Error('no'); };
export const handler: Handler = (request, answer) => { answer.send(request.url); };
export const asyncHandler: Handler = async (request, answer) => { await Promise.resolve(); answer.send(request.url); };
export const overloaded: Overloaded = (value: any) => value;
export const typed: Generic = (value) => [value];
export const part: (flag: boolean) => Promise<Part> = async (flag) => { if (flag) return { type: 'text', pair: [1, 'a'] }; return { type: 'image', pair: [2, 'b'] }; };
export const perhaps: ((text: string) => number) | undefined = (text) => text.length;
export const either: ((flag: boolean) => Promise<Part> | Part) = async (flag) => { if (flag) { return { type: 'text', pair: [1, 'a'] }; } return { type: 'image', pair: [2, 'b'] }; };
export const fallback = (value = 1) => value;
export const poll = () => { setTimeout(poll, 1); };
export const again = async (depth: number): Promise<number> => depth === 0 ? 0 : again(depth - 1);
export const numbers = function* () { const given: string = yield 1; return given; };
export const self = function inner(depth: number): number { return depth === 0 ? 0 : inner(depth - 1); };
export const called = function (this: { size: number }, more: number) { return this.size + more; };
export const early = (value: string | undefined): string | undefined => { if (value === undefined) return undefined; return value.trim(); };
export const curried = (a: number) => (b: string) => ({ a, b });
export const optional = (a: string, b?: number, ...rest: boolean[]) => [a, b, rest] as const;
export const cast = ((value: string) => value.length) as (value: string) => number;
export const satisfied = ((value: string) => 'a') satisfies (value: string) => 'a' | 'b';
export const object = { run: (task: string) => task.length, async stop(this: void, hard: boolean) { return hard; }, size: 1, later: async () => ({ type: 'text' }) };
export const strict = { run: () => ({ type: 'text', pair: [1, 'a'] }) } satisfies { run(): Part };
export const frozen = { run: () => 'a', kind: 'x' } as const;
export const counter = { count: 1, next: function () { return this.count; }, more() { return this.count + 1; }, get size() { return this.count; }, set size(value: number) { this.count = value; } };
export class Fields {
  name = 'a';
  run = async (task: string) => this.name + task;
  handler: Handler = (request, answer) => { answer.send(request.url + this.name); };
  poll = () => { setTimeout(this.poll, 1); };
  static make = () => new Fields();
  protected readonly hidden = <T,>(value: T) => [value, this.name] as const;
}
`,
  inferred: `
interface Part { type: 'text' | 'image'; pair: [number, string] }
declare function tool<I, R>(definition: { input: I; execute?: (input: I, options: { signal?: AbortSignal }) => AsyncIterable<R> | PromiseLike<R> | R }): { input: I; result: R };
declare function server(name: string, handler: (input: { city: string }) => Promise<{ content: { type: 'text'; text: string }[] }> | { content: { type: 'text'; text: string }[] }): void;
declare function on(listener: (message: { kind: 'a'; payload: number } | { kind: 'b'; payload: string }) => void): void;
declare function onEach(listener: (...given: ['a', number] | ['b', string]) => void): void;
declare function pick<T extends unknown[] | []>(make: () => T): T;
export const weather = tool({ input: { city: 'a' }, execute: async ({ city }) => ({ city, kind: 'text', degrees: [1, 2] }) });
export const method = tool({ input: { city: 'a' }, async execute({ city }, { signal }) { if (signal?.aborted) return { city, ok: false }; return { city, ok: true }; } });
export const plain = tool({ input: { city: 'a' }, execute: (input) => { const { city } = input; return [city.length, city]; } });
server('a', async ({ city }) => ({ content: [{ type: 'text', text: city }] }));
server('b', async ({ city }) => { if (city === '') { return { content: [] }; } return { content: [{ type: 'text', text: city }] }; });
server('c', (input) => { if (input.city === '') { return { content: [] }; } return { content: [{ type: 'text', text: input.city }] }; });
on(({ kind, payload }) => { if (kind === 'a') payload.toFixed(); else payload.trim(); });
onEach((kind, value) => { if (kind === 'a') value.toFixed(); else value.trim(); });
declare function select<T extends string>(make: (flag: boolean) => T): T;
declare function over(name: 'a', listener: (value: number) => void): void;
declare function over(name: 'b', listener: (value: string, more: boolean) => void): void;
declare function define<S extends Record<string, unknown>>(store: { state: S; actions: Record<string, (this: S, value: number) => void> & ThisType<S> }): S;
over('a', (value) => { value.toFixed(); });
over('b', (value, more) => { value.trim(); return more; });
export const store = define({ state: { size: 1 }, actions: { grow(value) { this.size += value; }, shrink: function (value) { this.size -= value; } } });
declare function late<T>(make: () => T, otherwise: (error: Error) => T): T;
export const undone = late<number | undefined>(() => 1, (error) => { error.message.trim(); });
export const undoneLater = late<Promise<number | undefined>>(async () => 1, async (error) => { error.message.trim(); });
export const stopped = [() => { throw new Error('no'); }];
export const curves: Record<string, (own: number) => (given: { load: number }) => number> = { watts: (own) => (own ? () => 400 : ({ load }) => 230 * load) };
export const chosen = select((flag) => (flag ? 'a' : 'b'));
export const tuple = pick(() => [1, 'a']);
export const lengths = Array.from({ length: 3 }, (_, index) => index);
export const chained = [1, 2].flatMap((value) => (value > 1 ? [value] : [])).map((value) => ({ value, text: String(value) })).filter((each): each is { value: number; text: string } => each.value > 1);
export const settled = Promise.all([1, 2].map(async (value) => { if (value > 1) return { kind: 'a' as const, value }; return { kind: 'b' as const }; }));
export const raced = Promise.race([Promise.resolve(1), new Promise<never>((_, reject) => { setTimeout(() => reject(new Error('late')), 1); })]);
export const handled = Promise.reject(new Error('no')).then(() => 1, (error: unknown) => { throw error; });
export const listeners = { data: (chunk: Uint8Array) => chunk.length, error: (error: Error) => { throw error; } };
export const replaced = 'a-b'.replace(/-(.)/g, (_match, letter: string) => letter.toUpperCase());
export const parsed = JSON.parse('{}', (key, value: unknown) => (key === '' ? value : undefined)) as unknown;
export const optionalCall = (done?: (value: number) => void) => { done?.(1); };
optionalCall((value) => value.toFixed());
export const doubled = [1, 2].map((value) => value * 2);
export const pairs = new Map([1, 2].map((value) => [value, { value }] as const));
export const sorted = [3, 1].sort((a, b) => a - b);
export const found = ['a', undefined].filter((value) => value !== undefined);
export const whole = ['a', undefined].filter((value): value is string => value !== undefined);
export const total = [1, 2].reduce((sum, value) => sum + value, 0);
export const grouped = [1, 2].reduce<Record<string, number[]>>((all, value) => { (all[String(value)] ??= []).push(value); return all; }, {});
export const after = Promise.resolve(1).then((value) => ({ value })).catch(() => undefined);
export const timed = new Promise<string>((resolve, reject) => { setTimeout(() => { if (doubled.length > 0) resolve('a'); else reject(new Error('no')); }, 1); });
export const entries = Object.fromEntries(Object.entries({ a: 1 }).map(([key, value]) => [key, value + 1]));
export function make(prefix: string): (value: Part) => string { return (value) => prefix + value.type; }
export const makeParts = (): (() => Part)[] => [() => ({ type: 'text', pair: [1, 'a'] })];
export function withDefault(done: (error?: Error) => void = () => {}) { done(); }
export const started = (async () => { await Promise.resolve(); return 1; })();
export const listed: Record<string, (value: number) => Part | undefined> = { a: (value) => { if (value > 1) return { type: 'text', pair: [value, 'a'] }; return; }, b() { return undefined; } };
const known = new Map<string, number>();
export const cached = (key: string) => { let value = known.get(key); if (value === undefined) { value = 1; known.set(key, value); } return value; };
export const reassigned = [1].map((value) => { value += 1; return value; });
`,
};

/** Calls with whatever types hang on them. */
const calls: Readonly<Record<string, string>> = {
  calls: `
interface Model { readonly chat: { readonly completions: Completions }; use(): this; readonly maybe?: Completions | undefined }
interface Completions {
  create(options: { model: string; stream: true }): AsyncIterable<string>;
  create(options: { model: string; stream?: false }): Promise<{ text: string }>;
  parse<T>(options: { model: string }, read: (text: string) => T): Promise<T>;
}
declare const client: Model;
declare function generateText<const T extends readonly string[]>(options: { tools: T; stop?: (step: { used: T[number] }) => boolean }): Promise<T[number]>;
declare function over(value: string): string;
declare function over(value: number): number;
declare const either: { run(value: string): 1 } | { run(value: string): 2 };
declare const anything: any;
export async function run(options: { client?: Model; size: number | undefined }) {
  const answer = await client.chat.completions.create({ model: 'a' });
  for await (const part of client.chat.completions.create({ model: 'a', stream: true })) part.trim();
  const parsed = await client.chat.completions.parse<number>({ model: 'b' }, (text) => text.length);
  const kinds = await generateText({ tools: ['a', 'b'], stop: ({ used }) => used === 'a' });
  if (options.client === undefined) return undefined;
  const same = options.client.use().use();
  if (options.size !== undefined) over(options.size).toFixed();
  if (same.maybe) await same.maybe.create({ model: over('a') });
  return { answer, parsed, kinds, number: either.run('a'), any: anything.what(1) as unknown, text: answer.text.trim() };
}
export class Agent {
  readonly model = client;
  run() { return this.step(1) + Number(this.model.chat.completions.create({ model: 'a' })); }
  step(value: number) { return value; }
}
export function* values() { const given: string = yield over((yield 1) as string); return given; }
`,
};

const choices: Readonly<Record<string, EditOptions>> = {
  'with a span': {},
  'with attributes': { attributes: [['text', 'args.0']] },
  'without attributes of its own': { attributes: [['text', 'result.text']] },
};

const before = compiled(
  Object.fromEntries(Object.entries(programs).map(([name, text]) => [`${name}.ts`, text])),
);

describe.each(Object.entries(choices))('functions %s keep their types', (_, options) => {
  const after = compiled(
    Object.fromEntries(
      Object.entries(programs).map(([name, text]) => [`${name}.ts`, withImport(edited(text, options))]),
    ),
  );
  test.each(Object.keys(programs))('%s', (name) => {
    const file = `${name}.ts`;
    expect(before[file]?.errors).toEqual([]);
    expect(after[file]?.errors).toEqual([]);
    expect(withoutName(after[file]?.declarations)).toEqual(before[file]?.declarations);
  });
});

describe('calls keep their types', () => {
  const own = compiled({ 'calls.ts': calls['calls'] ?? '' });
  const only = ({ kind }: Candidate): boolean => kind === 'call';
  test.each(Object.entries(choices))('%s', (_, options) => {
    const result = edited(calls['calls'] ?? '', { ...options, only });
    const after = compiled({ 'calls.ts': withImport(result) });
    expect(own['calls.ts']?.errors).toEqual([]);
    expect(after['calls.ts']).toEqual(own['calls.ts']);
    expect(forms(result).filter((form) => form === 'wrapped member').length).toBeGreaterThan(10);
  });
});

test('functions of CommonJS keep their types', () => {
  const { declarations = '', nested = '' } = programs;
  const source = declarations.replace(/export const used[^\n]*\n/, '') + nested;
  const result = edited(source, { isCommonJs: true, path: 'sample.cts' });
  const before = compiled({ 'sample.cts': source });
  const after = compiled({ 'sample.cts': withImport(result) });
  expect(before['sample.cts']?.errors).toEqual([]);
  expect(after['sample.cts']).toEqual(before['sample.cts']);
  expect(result.text).toContain('@ts-expect-error');
});

test('most of them are instrumented', () => {
  const all = Object.values(programs).flatMap((text) => forms(edited(text)));
  expect(all.filter((form) => form.startsWith('OBS')).length / all.length).toBeLessThan(0.12);
});

/** A function that had no name was given one. */
function withoutName(declarations: string | undefined): string | undefined {
  return declarations?.replace('function defaultFunction(', 'function (');
}
