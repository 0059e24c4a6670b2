import { describe, expect, it } from 'vitest';
import { ts } from 'ts-morph';
import type { Candidate, FunctionCandidate } from '../../src/instrument/candidate.js';
import { candidatesOf } from '../../src/instrument/find/candidates.js';
import { FileFault, parseFile } from '../../src/instrument/find/parse-file.js';

function found(text: string, path = 'a.ts', wantsCalls = false): readonly Candidate[] {
  return candidatesOf(parseFile(path, text), wantsCalls);
}

/** `kind className.name`, with what is special about it. */
function shown(text: string, path?: string): readonly string[] {
  return found(text, path).map((each) => {
    const one = each as FunctionCandidate;
    const marks = [
      one.isExported ? 'exported' : '',
      one.isAsync ? 'async' : '',
      one.isGenerator ? 'generator' : '',
      one.isStatic ? 'static' : '',
    ].filter((mark) => mark !== '');
    const name = `${one.className === undefined ? '' : `${one.className}.`}${one.name ?? '-'}`;
    return [one.kind, name, ...marks].join(' ');
  });
}

function tools(text: string): readonly string[] {
  return found(text).flatMap((each) => {
    const { tool } = each as FunctionCandidate;
    return tool === undefined ? [] : [`${tool.callee ?? '-'} ${tool.name ?? '-'}`];
  });
}

describe('functions', () => {
  it('are found with what holds them, in the order of the source', () => {
    const text = `
      export async function run() {}
      function* count() {}
      const f = async () => 1, g = function named() {};
      let h; h = () => 2; this.k = () => 3; box['l'] = () => 4;
      const wrapped = (((x: number) => x) as Op)!;
      const box = { a: () => 1, b() {}, get c() { return 1; }, set c(v) {}, 'd-e': () => 2, [key]: () => 3, 7: () => 8 };
      list.map((x) => x);
      list.map(function inner(x) { return x; });
      function outer(cb = () => 1) {}
    `;
    expect(shown(text)).toEqual([
      'function run exported async',
      'function count generator',
      'expression f async',
      'expression g',
      'expression h',
      'expression k',
      'expression l',
      'expression wrapped',
      'expression a',
      'object method b',
      'object method c',
      'object method c',
      'expression d-e',
      'expression [key]',
      'expression 7',
      'expression -',
      'expression inner',
      'function outer',
      'expression cb',
    ]);
  });

  it('of classes have the name of the class, also of one that a variable holds', () => {
    const text = `
      export class Agent {
        constructor() { later(() => 1); }
        static async make() {}
        #load() {}
        get size() { return 1; }
        set size(v) {}
        *[Symbol.iterator]() {}
        field = async () => { const inner = () => 1; };
        static box = () => 1;
      }
      const Held = class Inner { run() {} };
      (class { run() {} });
    `;
    expect(shown(text)).toEqual([
      'constructor Agent.constructor exported',
      'expression -',
      'method Agent.make exported async static',
      'method Agent.#load exported',
      'getter Agent.size exported',
      'setter Agent.size exported',
      'method Agent.[Symbol.iterator] exported generator',
      'expression Agent.field exported async',
      'expression inner',
      'expression Agent.box exported static',
      'method Held.run',
      'method run',
    ]);
  });

  it('without a body are none', () => {
    const text = `
      function f(a: string): void; function f(a: number): void; function f(a: unknown) {}
      declare function g(): void;
      abstract class A { abstract run(): void; go(): void; go(a?: number) {} constructor(); constructor(a?: number) {} }
      declare class B { run(): void; get x(): number; }
      declare namespace N { function f(): void; }
      interface I { run(): void }
    `;
    expect(shown(text)).toEqual(['function f', 'method A.go', 'constructor A.constructor']);
  });
});

describe('exports', () => {
  it.each([
    ['export { f };', 'f'],
    ['export { f as g };', 'f'],
    ['export default f;', 'f'],
    ['export = f;', 'f'],
    ['module.exports = f;', 'f'],
    ['module.exports = { f };', 'f'],
    ['module.exports = { g: f };', 'f'],
    ['exports.g = f;', 'f'],
    ['exports.g = module.exports.h = f;', 'f'],
    ['export { f } from "./other.js"; export * from "./f.js";', undefined],
    ['use(f);', undefined],
  ])('by %s', (statement, name) => {
    for (const code of ['function f() {}', 'const f = () => 1;', 'let f = {}; f = () => 1;']) {
      const [first] = found(`${code}\n${statement}`, 'a.ts');
      expect(first?.isExported, code).toBe(name !== undefined);
    }
  });

  it('reach through objects, arrays, namespaces and CommonJS, but not into calls and bodies', () => {
    const text = `
      export const box = { a: () => 1, deep: [{ b() {} }] } as const;
      export const made = wrap(() => 1);
      export default { fetch() {} };
      export namespace A.B { export function f() {} function g() {} }
      export function outer() { function inner() {} }
    `;
    const exported = found(text).filter((each) => each.isExported);
    expect(exported.map(({ name }) => name)).toEqual(['a', 'b', 'fetch', 'f', 'outer']);
    expect(
      shown('exports.x = () => 1; module.exports = () => 2; module.exports = { y() {} };', 'a.cjs'),
    ).toEqual(['expression x exported', 'expression default exported', 'object method y exported']);
    expect(shown('export default function () {}')).toEqual(['function default exported']);
    expect(shown('export default class { run() {} }')).toEqual(['method run exported']);
  });
});

describe('tools', () => {
  it.each([
    ["const t = tool({ name: 'search', execute: async (x) => x });", 'tool search'],
    ['const search = tool({ description: "d", execute: async (x) => x });', 'tool search'],
    ['const tools = { search: tool({ inputSchema, async execute(x) {} }) };', 'tool search'],
    ["createTool({ id: 'weather', execute: async () => 1 });", 'createTool weather'],
    ["tool(async (x) => x, { name: 'add', schema });", 'tool add'],
    ["new DynamicTool({ name: 'n', func: async () => '1' });", 'DynamicTool n'],
    ["server.tool('echo', 'says it', { text: z.string() }, async ({ text }) => text);", 'server.tool echo'],
    ["this.server.registerTool('echo', config, async (x) => x);", 'this.server.registerTool echo'],
    ['server.registerTool(name, config, (x) => x);', 'server.registerTool -'],
    ['server.tool(name, schema, (x) => x);', 'server.tool -'],
    ["searchTool('search', (x) => x);", 'searchTool search'],
    ["agentTool({ name: 'a', parameters }, (x) => x);", 'agentTool a'],
    ["new AskTool({ name: 'ask', func: async (x) => x });", 'AskTool ask'],
    ['new AskTool(name, schema, (x) => x);', 'AskTool -'],
    ["useFrontendTool({ name: 'show', handler: async (x) => x });", 'useFrontendTool show'],
    ["const bare = { name: 'bare', description: 'd', execute: (x) => x };", '- bare'],
    ["const t = { name: 'h', parameters: {}, handler: (x) => x };", '- h'],
    ["FunctionTool.from((x) => x, { name: 'sum', description: 'd' });", 'FunctionTool.from sum'],
    ['server.setRequestHandler(CallToolRequestSchema, async (r) => r);', 'server.setRequestHandler -'],
    ["function echo(x) {} server.tool('echo', {}, echo);", 'server.tool echo'],
    ["const execute = async (x) => x; export const t = tool({ name: 'n', execute });", 'tool n'],
  ])('%s', (text, tool) => {
    expect(tools(text)).toEqual([tool]);
  });

  it.each([
    "router.add({ path: '/', handler: (x) => x });",
    'spans.tool({ agent }, () => 1);',
    'askAgentTool(agent, question, async () => 1);',
    "callTool('search', args, () => 1);",
    "client.runTool({ name: 'search', handler: () => 1 });",
    'pickedTool(agent, question, () => 1);',
    'usePool(a, () => 1);',
    'const job = { run() {} };',
    "function echo(x) {} { function echo(y) {} } server.tool('echo', {}, echo);",
    'server.setRequestHandler(ListToolsRequestSchema, async () => []);',
  ])('are not %s', (text) => {
    expect(tools(text)).toEqual([]);
  });

  it('are exported with what holds them', () => {
    const [execute] = found('export const t = tool({ execute: async () => 1 });');
    expect(execute?.isExported).toBe(true);
  });
});

describe('calls', () => {
  it.each([
    ['client.chat.completions.create<T>({})', 'client.chat.completions.create'],
    ['this.client?.run?.()', 'this.client.run'],
    ["client!['messages'].create()", 'client.messages.create'],
    ['(await client).run()', 'client.run'],
    ['list[0].run()', 'list[0].run'],
    ['(() => 1)()', undefined],
  ])('%s', (text, name) => {
    const calls = found(`${text};`, 'a.ts', true).filter(({ kind }) => kind === 'call');
    expect(calls.map((each) => each.name)).toEqual([name]);
  });

  it('know the class around them and are only there where they are wanted', () => {
    const text = 'class A { run() { go(() => stop()); } } after();';
    const calls = found(text, 'a.ts', true).filter(({ kind }) => kind === 'call');
    expect(calls.map(({ name, className }) => [name, className])).toEqual([
      ['go', 'A'],
      ['stop', 'A'],
      ['after', undefined],
    ]);
    expect(found(text)).toHaveLength(2);
  });
});

describe('the walk', () => {
  const text = `import a, { b as c } from 'd';
    @deco() class A<T extends B> extends C<D> implements E { @deco x?: F<G[]> = y ? z : \`\${w}\`; static { f(); } }
    type H = { [K in keyof I]?: J extends infer L ? L : never };
    for (const [m, { n = 1 }] of o) label: switch (p) { case 1: break label; default: q ||= r + s + t * -u; }
    const el = v as const satisfies W;`;

  it('sets every parent', () => {
    const file = parseFile('a.ts', text);
    candidatesOf(file, true);
    let count = 0;
    const check = (node: ts.Node, parent: ts.Node): void => {
      expect(node.parent).toBe(parent);
      count += 1;
      ts.forEachChild(node, (child) => {
        check(child, node);
      });
    };
    ts.forEachChild(file.source, (child) => {
      check(child, file.source);
    });
    expect(count).toBeGreaterThan(100);
  });

  it('is not ended by a long sum, and by deep nesting only with a note', () => {
    const sum = `const s = ${Array.from({ length: 20_000 }, (_, index) => `a${index}`).join(' + ')} + (() => 1)();`;
    expect(found(sum)).toHaveLength(1);
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)};`;
    expect(() => found(deep)).toThrow(FileFault);
    expect(() => found(deep)).toThrow(/nested too deeply/);
  });
});

describe('parents', () => {
  const texts = [
    'const a: A = b?.c!.d?.(e<F>(g), new H(), ...i)?.[j], k!: number = 1 + 2 + l * 3; ({ a, b: (await c), ...d, get e() { return `${f}`; } });',
    'class A<T> extends B<T> implements C { @d() static #e?: F = async (g, { h: [i = 1] }) => { for (const j of k) l: while (m) break l; }; }',
    'try { switch (a) { case 1: throw b; default: } } catch ({ c }) { if (!d) e = f ? g : h; else delete i.j; } finally { super.k(); }',
    "export type A<T> = T extends infer U ? { readonly [K in keyof U]?: U[K] } : typeof import('a'); declare module 'b' { export = c; }",
    "import d, { type e as f } from 'g' with { h: 'i' }; export * as j from 'k'; enum L { m = 1 << 2 } function* n() { yield* o; } abstract;",
  ];

  it.each(texts)('are those that the parser sets: %s', (text) => {
    const { source } = parseFile('a.ts', text);
    candidatesOf({ path: 'a.ts', text, hasByteOrderMark: false, source }, true);
    const other = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
    const placesOf = (root: ts.Node): readonly string[] => {
      const places: string[] = [];
      const visit = (node: ts.Node): void => {
        places.push(`${node.kind} ${node.pos} in ${node.parent.kind} ${node.parent.pos} ${node.parent.end}`);
        ts.forEachChild(node, visit);
      };
      ts.forEachChild(root, visit);
      return places;
    };
    expect(placesOf(source)).toEqual(placesOf(other));
  });
});
