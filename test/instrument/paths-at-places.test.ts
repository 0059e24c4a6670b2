import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { checkPath } from '../../src/instrument/paths/check-path.js';
import { read } from './rules/support.js';

/** OBS5060 of a path at the first place whose name or kind is asked for; undefined where there is none. */
function found(path: string, text: string, name: string): string | undefined {
  const { candidates } = read(text);
  const candidate = candidates.find((each) => each.name === name);
  if (candidate === undefined) throw new Error(`no ${name}`);
  const finding = checkPath(path, candidate);
  if (finding !== undefined) expect(finding.code).toBe('OBS5060');
  return finding?.message;
}

describe('a path at a function', () => {
  it.each([
    ['args.1', 'function f(a, b) {}', undefined],
    ['args.2', 'function f(a, b) {}', '`f` has 2 parameters, so there is no args.2'],
    ['args.0.model', 'function f() {}', '`f` has no parameters, so there is no args.0'],
    ['args.length', 'function f() {}', undefined],
    ['args.3', 'function f(a, ...rest) {}', undefined],
    ['args.3', 'function f(a) { return arguments[3]; }', undefined],
    ['args.3', 'function f(a) { return () => arguments[3]; }', undefined],
    [
      'args.3',
      'function f(a) { function g() { return arguments; } }',
      '`f` has 1 parameter, so there is no args.3',
    ],
    ['args.3', 'const f = (a) => { arguments; };', '`f` has 1 parameter, so there is no args.3'],
    ['args.0', 'function f(this: Agent, a: string) {}', undefined],
    ['args.1', 'function f(this: Agent, a: string) {}', '`f` has 1 parameter, so there is no args.1'],
    ['this.name', 'function f() {}', '`f` is a plain function that makes no use of `this`'],
    ['this.name', 'function f() { return this.name; }', undefined],
    ['this.name', 'function f() { return () => this; }', undefined],
    [
      'this.name',
      'function f() { return class { a = this; }; }',
      '`f` is a plain function that makes no use of `this`',
    ],
    ['this.name', 'function f(this: Agent) {}', undefined],
    ['this.name', 'const f = () => this.name;', '`f` is an arrow function, which has no `this` of its own'],
    ['this.name', 'class A { f = () => this.name; }', undefined],
    ['this.name', 'class A { static f() {} }', undefined],
    ['this.name', 'const o = { f() {} };', undefined],
    ['this.name', 'const o = { f: (function () {}) };', undefined],
    ['this.name', 'const o = { f: () => {} };', '`f` is an arrow function, which has no `this` of its own'],
    ['result.id', 'function f() {}', undefined],
    ['result', 'function f(): void {}', '`f` returns nothing, as its type says'],
    ['result', 'async function f(): Promise<void> {}', '`f` returns nothing, as its type says'],
    ['result', 'function f(): never { throw 1; }', '`f` returns nothing, as its type says'],
    ['result.x', 'function f(): Promise<X> {}', undefined],
    ['name', 'function f(): void {}', undefined],
    ['=chat', 'function f(): void {}', undefined],
    ['args.0', 'class A { get f() { return 1; } }', 'a getter has no arguments'],
    ['result', 'class A { get f() { return 1; } }', undefined],
    ['result', 'class A { set f(a) {} }', 'a setter has no result'],
    ['args.0', 'class A { set f(a) {} }', undefined],
  ])('%s of %s', (path, text, message) => {
    expect(found(path, text, 'f')).toBe(message);
  });

  it('knows that a constructor has no result', () => {
    expect(found('result.id', 'class A { constructor(a) {} }', 'constructor')).toBe(
      'a constructor has no result',
    );
    expect(found('args.0', 'class A { constructor(a) {} }', 'constructor')).toBeUndefined();
  });

  it.each([
    ['args.0.model', 'a.create({})', undefined],
    ['args.1', 'a.create({})', 'this call has 1 argument, so there is no args.1'],
    ['args.0', 'a.create()', 'this call has no arguments, so there is no args.0'],
    ['args.1', 'a.create(...all)', undefined],
    ['this.name', 'a.create({})', undefined],
    ['result.id', 'a.create({})', undefined],
  ])('%s of the call %s', (path, text, message) => {
    expect(found(path, text, 'a.create')).toBe(message);
  });

  it('knows that a plain call is on nothing', () => {
    expect(found('this.name', 'ask(1)', 'ask')).toBe('`ask` is called on nothing, so there is no `this`');
  });
});

const typed = `
  interface Usage { inputTokens: number; outputTokens?: number }
  interface Answer { usage: Usage | undefined; text: string; parts: { kind: string }[]; meta: Record<string, string> }
  interface Task { agent: string; text: string; options?: { deep: boolean } | { wide: number } }
  interface Named { name: string }
  export class Agent {
    constructor(readonly name: string, private options: { retries: number }) {}
    static made = 0;
    #secret = 1;
    async run(task: Task, ...rest: string[]): Promise<Answer> { throw new Error(String(this.#secret) + rest); }
    static of(task: Task | string) { return new Agent(String(task), { retries: 1 }); }
    any(value: any, unknown: unknown, object: object) { return value; }
    generic<T, U extends Named>(a: T, b: U): U { return b; }
    pick([first]: [Task, number], { agent } = { agent: 'a' }) { return first ?? agent; }
    *steps(): Generator<number> { yield 1; }
    maybe(task: Task | null) { return task ? { ok: 1 } : { failed: 2 }; }
    text(text: string) { return text; }
  }
  declare const client: { create(task: Task): Promise<Answer>; name: string };
  client.create({ agent: 'a', text: 'b' });
`;

/** A program of one file with a small library of its own, so that nothing is read from disk. */
function programOf(text: string): ts.Program {
  const files = new Map([
    ['/a.ts', text],
    ['/lib.d.ts', library],
  ]);
  const host: ts.CompilerHost = {
    getSourceFile: (name, version) => {
      const content = files.get(name);
      return content === undefined ? undefined : ts.createSourceFile(name, content, version, false);
    },
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
  };
  return ts.createProgram(['/a.ts'], { strict: true, target: ts.ScriptTarget.ES2022, types: [] }, host);
}

const library = `
  interface Array<T> { length: number; [index: number]: T; map(): void }
  interface ReadonlyArray<T> { readonly length: number; readonly [index: number]: T }
  interface Boolean {} interface CallableFunction {} interface Function { name: string; length: number }
  interface IArguments {} interface NewableFunction {} interface Number { toFixed(): string } interface Object { toString(): string }
  interface RegExp {} interface String { readonly length: number; trim(): string }
  interface Symbol {} declare class Error { constructor(message?: string) } declare function String(value: unknown): string;
  type Record<K extends string, T> = { [P in K]: T };
  interface PromiseLike<T> { then<R>(done: (value: T) => R): PromiseLike<R> }
  interface Promise<T> { then<R>(done: (value: T) => R): Promise<R> }
  interface Generator<T, R = any, N = any> { next(): T }
`;

describe('a path at typed code', () => {
  const program = programOf(typed);
  const source = program.getSourceFile('/a.ts');
  if (source === undefined) throw new Error('no source');
  const checker = program.getTypeChecker();
  const file = { path: 'a.ts', text: typed, hasByteOrderMark: false, source };
  const candidates = candidatesOf(file, true);

  it.each([
    ['run', 'args.0.agent', undefined],
    ['run', 'args.0.agnt', '`args.0` (Task) has no property `agnt`; did you mean `agent`?'],
    ['run', 'args.0.agent.length', undefined],
    ['run', 'args.0.agent.size', '`args.0.agent` (String) has no property `size`; it has length, trim'],
    ['run', 'args.0.options.deep', undefined],
    ['run', 'args.0.options.wide', undefined],
    ['run', 'args.0.options.depth', '`args.0.options` has no property `depth`; it has deep, wide'],
    ['run', 'args.1.length', undefined],
    ['run', 'result.usage.inputTokens', undefined],
    [
      'run',
      'result.usage.input_tokens',
      '`result.usage` (Usage) has no property `input_tokens`; did you mean `inputTokens`?',
    ],
    ['run', 'result.then', '`result` (Answer) has no property `then`; it has usage, text, parts, meta'],
    ['run', 'result.parts.0.kind', undefined],
    ['run', 'result.parts.0.kinds', '`result.parts.0` has no property `kinds`; did you mean `kind`?'],
    ['run', 'result.meta.whatever', undefined],
    ['run', 'this.name', undefined],
    ['run', 'this.options.retries', undefined],
    [
      'run',
      'this.title',
      '`this` (Agent) has no property `title`; it has name, options, run, any, generic, pick, steps, maybe, text',
    ],
    ['of', 'this.made', undefined],
    ['of', 'this.maker', '`this` (typeof Agent) has no property `maker`; it has prototype, made, of'],
    ['of', 'args.0.agent', undefined],
    ['of', 'result.name', undefined],
    ['any', 'args.0.a.b.c', undefined],
    ['any', 'args.1.a.b.c', undefined],
    ['any', 'args.2.a.b.c', undefined],
    ['any', 'result.a', undefined],
    ['generic', 'args.0.a', undefined],
    ['generic', 'args.1.name', undefined],
    ['pick', 'args.0.0.agent', undefined],
    ['pick', 'args.0.0.agnt', '`args.0.0` (Task) has no property `agnt`; did you mean `agent`?'],
    ['pick', 'args.1.agent', undefined],
    ['steps', 'result.value', undefined],
    ['maybe', 'args.0.agent', undefined],
    ['maybe', 'result.failed', undefined],
    ['maybe', 'result.fail', '`result` has no property `fail`; did you mean `failed`?'],
    ['text', 'args.0.lenght', '`args.0` (String) has no property `lenght`; did you mean `length`?'],
    ['client.create', 'this.name', undefined],
    ['client.create', 'this.nam', '`this` has no property `nam`; did you mean `name`?'],
    ['client.create', 'args.0.agent', undefined],
    ['client.create', 'args.0.agen', '`args.0` has no property `agen`; did you mean `agent`?'],
    ['client.create', 'result.text', undefined],
    ['client.create', 'result.texts', '`result` (Answer) has no property `texts`; did you mean `text`?'],
  ])('%s: %s', (name, path, message) => {
    const candidate = candidates.find((each) => each.name === name);
    if (candidate === undefined) throw new Error(`no ${name}`);
    const finding = checkPath(path, candidate, checker);
    const shown =
      finding === undefined ? undefined : [finding.message, finding.help].filter(Boolean).join('; ');
    expect(shown).toBe(message);
  });
});
