import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../src/instrument/candidate.js';
import { parseFile, syntaxFault } from '../../src/instrument/find/parse-file.js';
import type { Insertion } from '../../src/instrument/insertion.js';
import { edited, forms, type EditOptions } from './function-harness.js';

type Row = readonly [what: string, before: string, after: string, options?: EditOptions];

const T = (name: string, local = name): string => `traceFunction(spans.work, '${name}', ${local})`;
const line = (name: string): string => `(${name} as unknown) = ${T(name)};`;
const functionF = ({ kind, name }: Candidate): boolean => kind === 'function' && name === 'f';
const calls: EditOptions = { only: ({ kind }) => kind === 'call' };

const assignments: readonly Row[] = [
  ['below', 'function f() {}\n', `function f() {}\n${line('f')}\n`],
  ['at the end of the file', 'function f() {}', `function f() {}\n${line('f')}`],
  ['behind a comment', 'function f() {} // done\nx();\n', `function f() {} // done\n${line('f')}\nx();\n`],
  ['before code on its line', 'function f() {} x();', `function f() {}\n${line('f')} x();`],
  ['with Windows line ends', 'function f() {}\r\nx();\r\n', `function f() {}\r\n${line('f')}\r\nx();\r\n`],
  ['indented', '{\n\tfunction f() {}\n}', `{\n\tfunction f() {}\n\t${line('f')}\n}`],
  ['exported', 'export async function f() {}\n', `export async function f() {}\n${line('f')}\n`],
  [
    'behind its overloads',
    'function f(a: 1): 1;\nfunction f(a: number) { return a; }\n',
    `function f(a: 1): 1;\nfunction f(a: number) { return a; }\n${line('f')}\n`,
  ],
  [
    'without a name',
    'export default function () {}\n',
    `export default function defaultFunction () {}\n(defaultFunction as unknown) = ${T('default', 'defaultFunction')};\n`,
  ],
  [
    'without a name that is free',
    'export default async function*() {}\nlet defaultFunction;\n',
    `export default async function* _defaultFunction() {}\n(_defaultFunction as unknown) = ${T('default', '_defaultFunction')};\nlet defaultFunction;\n`,
  ],
  [
    'without semicolons',
    'function f() {}\nfunction g() {}\n;[1].map(g)\n',
    `function f() {}\n;${line('f').slice(0, -1)}\nfunction g() {}\n;${line('g')}\n;[1].map(g)\n`.replace(
      `${line('g')}\n`,
      `${line('g').slice(0, -1)}\n`,
    ),
    { semicolons: false, only: ({ kind }) => kind === 'function' },
  ],
  [
    'before a line that would go on with it',
    'function f() {}\n(x)()\n',
    `function f() {}\n;${line('f')}\n(x)()\n`,
    { semicolons: false, only: ({ kind }) => kind === 'function' },
  ],
  ['in JavaScript', 'function f() {}\n', `function f() {}\nf = ${T('f')};\n`, { path: 'a.js' }],
  [
    'in JavaScript that is checked',
    '// @ts-check\nfunction f() {}\n',
    `// @ts-check\nfunction f() {}\n// @ts-expect-error: a function is given its traced form\nf = ${T('f')};\n`,
    { path: 'a.js' },
  ],
  [
    'in CommonJS',
    '{\n  function f() {}\n}\n',
    `{\n  function f() {}\n  // @ts-expect-error: a function is given its traced form\n  f = ${T('f')};\n}\n`,
    { isCommonJs: true },
  ],
];

const early: readonly Row[] = [
  [
    'called before',
    "import 'a';\n\nf();\nfunction f() {}\n",
    `import 'a';\n${line('f')}\n\nf();\nfunction f() {}\n`,
  ],
  [
    'called through another function',
    "import 'a';\nmain();\nfunction main() { f(); }\nfunction f() {}\n",
    `import 'a';\n${line('f')}\nmain();\nfunction main() { f(); }\nfunction f() {}\n`,
    { only: functionF },
  ],
  [
    'called through a class',
    "import 'a';\nexport const one = new A();\nclass A { b = f(); }\nfunction f() {}\n".replace(
      'export const one = new A();\nclass A { b = f(); }',
      'class A { b = f(); }\nexport const one = new A();',
    ),
    `import 'a';\n${line('f')}\nclass A { b = f(); }\nexport const one = new A();\nfunction f() {}\n`,
  ],
  ['without an import', 'f();\nfunction f() {}\n', `${line('f')}\nf();\nfunction f() {}\n`],
  [
    'behind a return',
    "function o() {\n  'use strict';\n  return f;\n  function f() {}\n}\n",
    `function o() {\n  'use strict';\n  ${line('f')}\n  return f;\n  function f() {}\n}\n`,
    { only: functionF },
  ],
  [
    'behind a directive without a semicolon',
    "function o() {\n  'use strict'\n  return f\n  function f() {}\n}\n",
    `function o() {\n  'use strict'\n  ;${line('f').slice(0, -1)}\n  return f\n  function f() {}\n}\n`,
    { only: functionF, semicolons: false },
  ],
  [
    'in a closure that leaves early',
    'function o(a) {\n  if (a) return () => f();\n  function f() {}\n}\n',
    `function o(a) {\n  ${line('f')}\n  if (a) return () => f();\n  function f() {}\n}\n`,
    { only: functionF },
  ],
];

const late: readonly Row[] = [
  [
    'a function',
    'function main() { f(); }\nfunction f() {}\n',
    `function main() { f(); }\nfunction f() {}\n${line('f')}\n`,
  ],
  [
    'a variable',
    'const main = () => f();\nfunction f() {}\n',
    `const main = () => f();\nfunction f() {}\n${line('f')}\n`,
  ],
  [
    'a method',
    'class A { b = 1; c() { f(); } }\nfunction f() {}\n',
    `class A { b = 1; c() { f(); } }\nfunction f() {}\n${line('f')}\n`,
  ],
  [
    'a property of that name',
    'x.f({ f: 1 });\nfunction f() {}\n',
    `x.f({ f: 1 });\nfunction f() {}\n${line('f')}\n`,
  ],
  ['a type', 'let a: typeof f;\nfunction f() {}\n', `let a: typeof f;\nfunction f() {}\n${line('f')}\n`],
  ['an export', 'export { f };\nfunction f() {}\n', `export { f };\nfunction f() {}\n${line('f')}\n`],
];

const values: readonly Row[] = [
  [
    'a variable',
    'const f = async (a: string) => {\n  a;\n};\n',
    "const f = traceFunction(spans.work, 'f', async (a: string) => {\n  a;\n});\n",
  ],
  ['a class field', 'class A { f = () => 1; }', "class A { f = traceFunction(spans.work, 'f', () => 1); }"],
  [
    'a private field',
    'class A { #f = () => 1; }',
    "class A { #f = traceFunction(spans.work, '#f', () => 1); }",
  ],
  [
    'a property',
    "const o = { 'a b': () => 1 };",
    "const o = { 'a b': traceFunction(spans.work, 'a b', () => 1) };",
  ],
  [
    'a default export',
    'export default () => 1\n',
    "export default traceFunction(spans.work, 'default', () => 1)\n",
  ],
  [
    'in parentheses',
    'const f = (() => ({ a: 1 }));',
    "const f = (traceFunction(spans.work, 'f', () => ({ a: 1 })));",
  ],
  [
    'of its own name',
    'const f = function g() {};',
    "const f = traceFunction(spans.work, 'g', function g() {});",
  ],
  [
    'generic, in JSX',
    'const f = <T,>(a: T) => <b>{a}</b>;',
    "const f = traceFunction(spans.work, 'f', <T,>(a: T) => <b>{a}</b>);",
    { path: 'a.tsx' },
  ],
  [
    'behind comments',
    'const f = /* a */ () /* b */ => /* c */ 1 /* d */;',
    "const f = /* a */ traceFunction(spans.work, 'f', () /* b */ => /* c */ 1) /* d */;",
  ],
  [
    'before a bracket',
    'const f = () => {}\n[1].map(f)\n',
    "const f = traceFunction(spans.work, 'f', () => {}) ;\n[1].map(f)\n",
    { semicolons: false },
  ],
  [
    'before a template',
    'const f = () => {} // a\n\n`b`.trim()\n',
    "const f = traceFunction(spans.work, 'f', () => {}) ; // a\n\n`b`.trim()\n",
    { semicolons: false },
  ],
  [
    'in double quotes',
    'const f = () => 1;',
    'const f = traceFunction(spans.work, "f", () => 1);',
    { quote: '"' },
  ],
];

const R = "{ text: 'args.0.city' }";
const attributes = [['text', 'args.0.city']] as const;
const bodies: readonly Row[] = [
  [
    'an arrow',
    'use(({ city }) => load(city));',
    `use(({ city }) => traceCall(spans.work, ${R}, { args: [{ city }] }, () => load(city)));`,
    { attributes },
  ],
  ['a block', 'use((a) => {\n  b();\n});', 'use((a) => { traceCall(spans.work, () => {\n  b();\n}); });'],
  ['an object', 'use(() => ({ a }));', 'use(() => traceCall(spans.work, () => ({ a })));'],
  [
    'an async arrow',
    'use(async a => await a);',
    'use(async a => await traceCall(spans.work, async () => await a));',
  ],
  [
    'a method',
    'use({\n  async run(a) {\n    b();\n  },\n});',
    'use({\n  async run(a) { await traceCall(spans.work, async () => {\n    b();\n  }); },\n});',
  ],
  [
    'without semicolons',
    'use({ run() { return this } })',
    'use({ run() { return traceCall(spans.work, () => { return this }) } })',
    { semicolons: false },
  ],
  [
    'an empty body',
    'use({ run() {}, stop() {}, set a(b) {} });',
    'use({ run() { traceCall(spans.work, () => {}); }, stop() { traceCall(spans.work, () => {}); }, set a(b) { traceCall(spans.work, () => {}); } });',
  ],
  [
    'a getter and a setter',
    'use({ get a() { return b }, set a(b) { c } });',
    'use({ get a() { return traceCall(spans.work, () => { return b }); }, set a(b) { traceCall(spans.work, () => { c }); } });',
  ],
  [
    'a declared result',
    'use((a: A): Promise<B> => b());',
    'use((a: A): Promise<B> => traceCall(spans.work, (): Promise<B> => b()));',
  ],
  ['a guard', 'use((a): a is B => b());', 'use((a): a is B => traceCall(spans.work, (): boolean => b()));'],
  [
    'an assertion',
    'use((a): asserts a is B => { b(); });',
    'use((a): asserts a is B => traceCall(spans.work, (): void => { b(); }));',
  ],
  [
    'a computed key',
    'const o = { [a]: () => b };',
    'const o = { [a]: () => traceCall(spans.work, () => b) };',
  ],
  [
    'before a bracket',
    'x = (a) => { return a }\n[1].map(f)\n',
    'x = (a) => traceCall(spans.work, () => { return a }) ;\n[1].map(f)\n',
    { semicolons: false },
  ],
  [
    'in a namespace',
    'namespace A { export function f() { return b; } }',
    'namespace A { export function f() { return traceCall(spans.work, () => { return b; }); } }',
  ],
  [
    'as a label',
    'a: function f() { return b; }',
    'a: function f() { return traceCall(spans.work, () => { return b; }); }',
    { path: 'a.js' },
  ],
  [
    'of a server file',
    "'use server';\nexport async function f(a) { return a; }",
    "'use server';\nexport async function f(a) { return await traceCall(spans.work, async () => { return a; }); }",
  ],
  [
    'with new.target',
    'function F() { return new.target; }',
    'function F() { return traceCall(spans.work, () => { return new.target; }); }',
  ],
  [
    'paths of the result alone',
    'use((a) => b());',
    "use((a) => traceCall(spans.work, { text: 'result.a' }, {}, () => b()));",
    { attributes: [['text', 'result.a']] },
  ],
];

const label = { name: 'kind', member: 'kind' };
const roots: readonly (readonly [head: string, paths: readonly string[], roots: string])[] = [
  ['(a, b) => ', ['args.1.c'], '{ args: [undefined, b] }'],
  ['(a, b) => ', ['args'], '{ args: [a, b] }'],
  ['(a, ...b) => ', ['args.3'], '{ args: [undefined, ...b] }'],
  ['({ a, b: { c }, d: e = 1, ...f }) => ', ['args.0.b.c'], '{ args: [{ b: { c }, ...f }] }'],
  ["({ a, 'b-c': b, [d]: e }) => ", ['args.0.a', 'args.0.b-c'], "{ args: [{ a, 'b-c': b }] }"],
  ['({ a: [b, , ...c] }) => ', ['args.0'], '{ args: [{ a: [b, undefined, ...c] }] }'],
  ['({ a }) => ', ['args.0.b'], '{ args: [{}] }'],
];

const members: readonly Row[] = [
  [
    'a member',
    'await client.chat.create<A>({ a });',
    "await traceMember(spans.work, client.chat, 'create')<A>({ a });",
  ],
  [
    'on lines of its own',
    'client\n  .chat\n  .create(1);',
    "traceMember(spans.work, client\n  .chat\n  , 'create')(1);",
  ],
  ['a name', 'const a = generate(1);', "const a = traceFunction(spans.work, 'generate', generate)(1);"],
  ['one in another', 'a.b(c.d(1));', "traceMember(spans.work, a, 'b')(traceMember(spans.work, c, 'd')(1));"],
  ['one on another', 'a.b().c();', "traceMember(spans.work, traceMember(spans.work, a, 'b')(), 'c')();"],
  ['of an array', '[1].map(f);', "traceMember(spans.work, [1], 'map')(f);"],
  [
    'with attributes',
    'a.b(1);',
    "traceMember(spans.work, { text: 'args.0' }, a, 'b')(1);",
    { ...calls, attributes: [['text', 'args.0']] },
  ],
];

function withOnly(rows: readonly Row[], only: NonNullable<EditOptions['only']>): readonly Row[] {
  return rows.map(([what, before, after, options]) => [what, before, after, { ...options, only }]);
}

describe.each<readonly [string, string, readonly Row[]]>([
  ['assignment', 'an assignment', assignments],
  ['assignment', 'an assignment on top, where the function is used before', early],
  ['assignment', 'an assignment below, where the name is only mentioned before', withOnly(late, functionF)],
  ['wrapped function', 'a wrapped function', values],
  ['wrapped body', 'a wrapped body', bodies],
  [
    'wrapped member',
    'a wrapped member',
    members.map(([what, before, after, options]) => [what, before, after, options ?? calls]),
  ],
])('%s: %s', (form, _, rows) => {
  test.each(rows.map((row) => [row[0], row] as const))('%s', (_what, [, before, after, options]) => {
    const result = edited(before, options);
    expect(result.text).toBe(after);
    expect(new Set(forms(result))).toEqual(new Set([form]));
    expect(sound(result.text, options?.path)).toBe(true);
  });
});

test.each(roots)('%s needs %j', (head, paths, wanted) => {
  const labels = paths.map((path) => ['kind', path] as const);
  const insertion: Partial<Insertion> = { span: undefined, count: { metric: label, labels } };
  const { text } = edited(`use(${head}g());`, { insertion });
  expect(text).toContain(` }, ${wanted}, () => g())`);
});

test('what this is of is known in methods, and in arrows inside of them', () => {
  const options: EditOptions = { attributes: [['text', 'this.name']] };
  expect(edited('use({ run() { return this; } });', options).text).toContain('{ this: this }');
  expect(edited('class A { a = use({ b: [() => c] }); }', options).text).toContain('{ this: this }');
  expect(edited('use({ run: () => c });', options).text).toContain('{}');
  expect(
    edited('function f() { use(() => c); }', { ...options, only: ({ kind }) => kind === 'expression' }).text,
  ).toContain('{}');
});

test('functions in functions get their edits side by side', () => {
  const source = 'const f = () => () => g(() => {});\nfunction o() { function p() {} }';
  const result = edited(source, { only: () => true });
  expect(result.text).toBe(
    "const f = traceFunction(spans.work, 'f', () => () => traceCall(spans.work, () => traceFunction(spans.work, 'g', g)(() => { traceCall(spans.work, () => {}); })));\n" +
      `function o() { function p() {}\n${line('p')} }\n${line('o')}`,
  );
  expect(sound(result.text)).toBe(true);
});

function sound(text: string, path = 'a.ts'): boolean {
  const { source } = parseFile(path, text);
  return syntaxFault(source) === undefined;
}
