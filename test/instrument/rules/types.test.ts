import { ts } from 'ts-morph';
import { describe, expect, it } from 'vitest';
import { programFacts, sameNode } from '../../../src/instrument/rules/program-facts.js';
import type { TypeFacts } from '../../../src/instrument/rules/type-facts.js';
import { chosen, read, ruleFor, rulesOf } from './support.js';

const library = `
  interface Array<T> { length: number } interface Boolean {} interface Function {} interface CallableFunction {}
  interface NewableFunction {} interface IArguments {} interface Number {} interface Object {} interface RegExp {} interface String {}
  interface PromiseLike<T> { then<R>(done: (value: T) => R): PromiseLike<R> }
  interface Promise<T> { then<R>(done: (value: T) => R): Promise<R> }
  interface AsyncGenerator<T> { next(): Promise<T> }
`;

const base = `
  export interface Runnable { run(): unknown }
  export interface Tool extends Runnable { name: string }
  export type Task = Tool & { size: number };
  export abstract class Core { abstract stop(): void }
  export class Base extends Core implements Tool { name = 'a'; run() {} stop() {} }
  export declare function load(): Promise<string>;
  export declare function stream(): AsyncGenerator<string>;
  export declare function plain(): string;
  export interface Handle { then: number }
`;

const text = `
  import { Base as Renamed, load, plain, stream, type Handle, type Task } from './base';
  class Agent extends Renamed { run() {} }
  class Other implements Task { name = 'a'; size = 1; run() {} }
  class Alone { run() {} }
  function begin() { return load(); }
  function pour() { return stream(); }
  function simple() { return plain(); }
  function handle(handle: Handle) { return handle; }
  const later = () => load();
  const either = (now: boolean) => now ? 'a' : load();
`;

/** A program in memory, and its facts. */
function facts(): TypeFacts {
  const files = new Map([
    ['/src/a.ts', text],
    ['/src/base.ts', base],
    ['/lib.d.ts', library],
  ]);
  const host: ts.CompilerHost = {
    getSourceFile: (name, version) => {
      const content = files.get(name);
      return content === undefined ? undefined : ts.createSourceFile(name, content, version, false);
    },
    getDefaultLibFileName: () => '/lib.d.ts',
    writeFile: () => undefined,
    getCurrentDirectory: () => '/src',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    fileExists: (name) => files.has(name),
    readFile: (name) => files.get(name),
  };
  const options = { strict: true, target: ts.ScriptTarget.ES2022, types: [], module: ts.ModuleKind.ESNext };
  const program = ts.createProgram(
    ['/src/a.ts'],
    { ...options, moduleResolution: ts.ModuleResolutionKind.Bundler },
    host,
  );
  expect(
    program.getSemanticDiagnostics(program.getSourceFile('/src/base.ts')).map(({ code }) => code),
  ).toEqual([]);
  return programFacts(program, ({ path }) => program.getSourceFile(`/${path}`));
}

const types = facts();

describe('rules that ask the compiler', () => {
  it.each([
    ['{ implements: Tool, method: run }', [], ['Agent.run', 'Other.run']],
    ['{ implements: Runnable, method: run }', [], ['Agent.run', 'Other.run']],
    ['{ implements: Task, method: run }', ['Other.run'], ['Other.run']],
    ['{ extends: Base }', [], ['Agent.run']],
    ['{ extends: Renamed }', ['Agent.run'], ['Agent.run']],
    ['{ extends: Core }', [], ['Agent.run']],
    ['{ function: "*", async: true }', [], ['begin', 'pour', 'later', 'either']],
    [
      '{ function: "*", async: false }',
      ['begin', 'pour', 'simple', 'handle', 'later', 'either'],
      ['simple', 'handle'],
    ],
  ])('%s', (match, written, known) => {
    const withTypes = match.replace(' }', ', types: true }');
    const names = (rule: string, facts?: TypeFacts): readonly string[] => {
      const rules = rulesOf([ruleFor(rule)], '', facts);
      return chosen(rules, read(text, 'src/a.ts')).map(([name]) => name);
    };
    expect(names(match, types)).toEqual(written);
    expect(names(withTypes, types)).toEqual(known);
    // Without a program the file itself has to do.
    expect(names(withTypes)).toEqual(written);
  });

  it('are the only ones for which a program is made', () => {
    let asked = 0;
    const rules = rulesOf([ruleFor('{ implements: Tool, method: run }')]);
    expect(rules.needsTypes).toBe(false);
    const typed = rulesOf([ruleFor('{ method: run }', ', not: { implements: Tool, types: true }')]);
    expect(typed.needsTypes).toBe(true);
    const counting: TypeFacts = {
      heritageOf: (node, file) => {
        asked += 1;
        return types.heritageOf(node, file);
      },
      isAsynchronous: () => false,
    };
    const counted = rulesOf([ruleFor('{ implements: Tool, method: run, types: true }')], '', counting);
    chosen(counted, read('function f() {}', 'src/a.ts'));
    expect(asked).toBe(0);
  });

  it('are answered by what is written where the program does not hold the file', () => {
    const rules = rulesOf([ruleFor('{ implements: Tool, method: run, types: true }')], '', types);
    const found = chosen(rules, read('class A implements Tool { run() {} }', 'src/new.ts'));
    expect(found.map(([name]) => name)).toEqual(['A.run']);
  });

  it('find the same node in another tree of the same text', () => {
    const { candidates } = read(text, 'src/a.ts');
    const other = ts.createSourceFile('/other.ts', text, ts.ScriptTarget.Latest, true);
    for (const { node } of candidates) {
      const same = sameNode(node, other);
      expect(same?.kind).toBe(node.kind);
      expect(same?.getText(other)).toBe(text.slice(node.pos, node.end).trim());
    }
    expect(sameNode(candidates[0]?.node ?? other, undefined)).toBeUndefined();
  });
});
