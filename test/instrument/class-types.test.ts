import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { edited, withImport, type EditOptions } from './class-harness.js';
import { compiled } from './class-program.js';

/** Classes with whatever types hang on their members. Each compiles as it is. */
const classes: Readonly<Record<string, string>> = {
  members: `
export class Agent<T extends object> {
  name = 'a';
  declare readonly tag?: string;
  get size(): number { return 1; }
  set size(value: number) { this.name = String(value); }
  get only() { return 1 as const; }
  run(task: T): T;
  run(task: T, more: number): readonly T[];
  run(task: T, more?: number): T | readonly T[] { return more === undefined ? task : [task]; }
  isText(value: unknown): value is string { return typeof value === 'string'; }
  assertText(value: unknown): asserts value is string { if (typeof value !== 'string') throw new Error('no'); }
  fail(): never { throw new Error('never'); }
  chain(): this { return this; }
  *values(): Generator<T, void, undefined> {}
  async *stream(this: Agent<T>): AsyncGenerator<T> {}
  static make<U extends object>(): Agent<U> { return new Agent<U>(); }
  [Symbol.iterator]() { return [this.name].values(); }
  optional?(): void { return; }
  private hidden() { return 1; }
  protected kept() { return this.hidden(); }
  use(value: unknown) { this.assertText(value); const text: string = value; return text; }
}
export class Sub extends Agent<{ a?: number }> {
  override chain() { return this; }
  protected override kept() { return super.kept(); }
}
`,
  abstract: `
export abstract class Shape { abstract area(): number; describe() { return this.area(); } protected constructor(readonly sides: number) {} }
export class Square extends Shape { constructor(private readonly side: number) { super(4); } area() { return this.side * this.side; } }
`,
  expressions: `
export const Named = class { run() { return 1; } };
export default class { run() { return 1; } }
export function mixin<B extends new (...args: any[]) => object>(Base: B) { return class extends Base { mixed() { return 1; } }; }
export const key: unique symbol = Symbol('key');
export class Keyed { [key]() { return 1; } 'a b'() { return 2; } 3() { return 3; } }
`,
  privates: `
export class Vault {
  #name = 'v';
  #plain(text: string) { return text + this.#name; }
  async #later<T>(value: T) { return value; }
  *#each(count: number) { for (let index = 0; index < count; index += 1) yield index; }
  async *#stream() { yield 1; }
  #at(key: string): string;
  #at(key: number): number;
  #at(key: string | number): string | number { return key; }
  #is(value: unknown): value is string { return typeof value === 'string'; }
  #inferred(value: string | number) { return typeof value === 'string'; }
  #self(): this { return this; }
  #optional(a?: string, ...rest: number[]) { return [a, rest] as const; }
  static #made = 0;
  static #count() { return Vault.#made++; }
  static is(value: object): value is Vault { return #plain in value; }
  use(value: unknown, other: Vault, mixed: string | number) {
    Vault.#count();
    if (this.#is(value)) { const text: string = value; this.#plain(text); }
    const text: string | undefined = this.#inferred(mixed) ? mixed : undefined;
    const bound = this.#plain.bind(this);
    const at: number = other.#at(1);
    const self: this = this.#self();
    self.#plain('');
    return { text, bound, at, each: [...this.#each(2)], later: this.#later({ a: 1 }), stream: this.#stream(), rest: this.#optional() };
  }
}
`,
  recursive: `
export class Walker {
  use() { this.#a(1); this.#e(1); this.#f(1); void this.#g(1); void this.#h(1); this.#k(); this.#n(1); this.#o(1); void this.#q(1); return this.#j(); }
  #a(n: number) { if (n > 0) this.#a(n - 1); return 1; }
  #b(n: number): number { return n ? this.#b(n - 1) : 1; }
  #c(n: number) { const x = this.#d(n); if (x) return 2; return 1; }
  #d(n: number): number { return this.#c(n) + this.#b(n); }
  #e(n: number) { const x = this.#e(n); if (x) return 2; return this.#d(n); }
  #f(n: number) { if (n) this.#f(n - 1); }
  async #g(n: number) { if (n) await this.#g(n - 1); }
  async #h(n: number) { for (const x of [1, 2]) { await this.#i(x + n); } return { a: 1 }; }
  async #i(n: number) { const y = await this.#h(n); return 3 + y.a; }
  #j() { setTimeout(this.#j, 3); return this; }
  #k() { return () => { this.#k(); }; }
  #n(n: number) { return { next: this.#n, pub: this.pub(n) }; }
  #o(n: number) { return [1].map((k) => { void this.#o(k + n); return k; }); }
  async #q(n: number) { return Promise.all([n].map(async (k) => { await this.#q(k); return k; })); }
  readonly handlers = { c: this.#c.bind(this), r: (n: number) => this.#r(n) };
  #r(n: number) { for (const each of Object.keys(this.handlers)) void each; return n; }
  readonly first = this.#s(1);
  #s(n: number) { setImmediate(() => { void this.first.toFixed(); }); return n; }
  #t<T extends { readonly next?: T }>(node: T) { const seen: T[] = []; if (node.next) { this.#t(node.next); } return seen; }
  all() { return this.#t<{ next?: never }>({}); }
  pub(n: number) { this.#n(n); return this.#p(); }
  #p() { return new Map([[1, () => this.#p()]]).size; }
}
`,
  constructors: `
interface Options { readonly model?: string; readonly retries?: number }
class Base { constructor(readonly id: string) {} }
export class Agent extends Base {
  readonly model: string;
  readonly retries: number;
  private readonly ask: () => string;
  late!: string;
  count = 0;
  constructor(private readonly options: Options, name?: string, ...rest: readonly string[]) {
    super(name ?? 'agent');
    if (options.model === undefined) throw new TypeError('no model');
    const model: string = options.model;
    const { retries = 1 } = options;
    this.model = model;
    this.retries = retries;
    this.ask = () => model.toUpperCase() + (name === undefined ? '' : name.trim());
    for (const each of rest) { if (each === '') return; }
    switch (retries) { case 1: this.late = 'a'; break; default: this.late = this.ask(); }
  }
  use() { return this.options; }
}
export class Overloaded {
  value: string;
  constructor(value: string);
  constructor(value: number, more: boolean);
  constructor(value: string | number, more?: boolean) {
    if (typeof value === 'number') { this.value = String(more) + value.toFixed(); return; }
    this.value = value;
  }
}
export class Reassigned {
  readonly size: number;
  constructor(size?: number) { size ??= 3; this.size = size; while (true) { if (size > 2) break; size += 1; } }
}
export class Captured {
  readonly size: () => number;
  constructor(size?: number) { size ??= 3; this.size = () => size; }
}
export class Kept<const T extends readonly string[]> {
  constructor(public readonly names: T, protected label = new.target.name) {}
  show() { return this.label; }
}
`,
  decorated: `
declare const dec: any;
@dec export class Decorated {
  @dec run(text: string) { return this.plain(text); }
  plain(text: string): string { return text; }
  @dec static make() { return new Decorated(); }
  static other(): Decorated { return Decorated.make(); }
  @dec get size() { return 1; }
}
@dec export default class { @dec run() { return 1; } plain() { return 2; } }
export const parts = [new Decorated().run('a'), Decorated.other()];
`,
  plainConstructors: `
export class Plain { a: number; constructor(a: number | undefined) { if (a === undefined) { this.a = 0; return; } this.a = a; } }
export class Derived extends Plain { override a: number; b: string; constructor(b: string) { super(1); this.a = 2; this.b = b; } }
`,
};

const ways: readonly (readonly [string, EditOptions])[] = [
  ['wrap', {}],
  ['wrap, with attributes', { attributes: [['text', 'args.0.text']] }],
  ['decorator', { style: 'decorator' }],
];

const settings: Readonly<Record<string, ts.CompilerOptions>> = {
  'the strictest': {},
  'erasable syntax only, with isolated declarations off': { erasableSyntaxOnly: true },
  'fields by assignment': { useDefineForClassFields: false },
  'isolated declarations': { isolatedDeclarations: true },
  'the older decorators': { experimentalDecorators: true },
  'the older decorators with metadata': { experimentalDecorators: true, emitDecoratorMetadata: true },
  'an older target': {
    target: ts.ScriptTarget.ES2015,
    lib: ['lib.es2022.d.ts', 'lib.esnext.disposable.d.ts'],
  },
};

describe.each(Object.entries(settings))('types stay under %s', (_, extra) => {
  const original = Object.fromEntries(Object.entries(classes).map(([name, text]) => [`${name}.ts`, text]));
  const before = compiled(original, extra);

  test.each(ways)('%s', (_way, way) => {
    const options = {
      ...way,
      legacyDecorators: extra.experimentalDecorators === true,
      emitsDecoratorMetadata: extra.emitDecoratorMetadata === true,
    };
    const after = compiled(
      Object.fromEntries(
        Object.entries(original).map(([path, text]) => [
          path,
          withImport(edited(text, { ...options, path })),
        ]),
      ),
      extra,
    );
    for (const path of Object.keys(original)) {
      expect({ path, errors: after[path]?.errors }).toEqual({ path, errors: before[path]?.errors });
      expect(after[path]?.declarations).toBe(before[path]?.declarations);
    }
  });
});

test('the classes compile, and their members are chosen', () => {
  const results = compiled(
    Object.fromEntries(Object.entries(classes).map(([name, text]) => [`${name}.ts`, text])),
  );
  for (const [path, { errors }] of Object.entries(results))
    expect({ path, errors }).toEqual({ path, errors: [] });
  const forms = Object.values(classes).flatMap((text) =>
    edited(text).results.map((result) => ('form' in result ? result.form : result.skip.code)),
  );
  const counts = Object.fromEntries(
    [...new Set(forms)].sort().map((form) => [form, forms.filter((one) => one === form).length]),
  );
  expect(counts).toEqual({
    OBS5135: 1,
    constructor: 9,
    decorator: 3,
    'private getter': 28,
    'static block': 37,
  });
});
