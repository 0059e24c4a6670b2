import { describe, expect, test } from 'vitest';
import { Project, type Choice } from './file-planning.js';

type Files = Readonly<Record<string, string>>;

/** What a text becomes, after it was seen that a second run leaves it and that it comes back. */
function instrumented(path: string, text: string, names?: readonly string[], files: Files = {}): string {
  using project = new Project({ 'package.json': '{ "type": "module" }', ...files });
  const choice: Choice = names === undefined ? {} : { names, calls: true };
  const plan = project.plan(path, text, choice);
  expect(plan.skipped).toEqual([]);
  expect(plan.after).not.toBe(text);
  expect(project.plan(path, plan.after, choice).after).toBe(plan.after);
  expect(project.remove(path, plan.after).after).toBe(text);
  return plan.after;
}

describe('what is put in at one place keeps its order', () => {
  const long = 'long '.repeat(60);

  test('a line on top of a file, and a call on an object with a long comment', () => {
    const after = instrumented('a.ts', `/* ${long} */\napp.use(f);\nexport function f() {}\n`, [
      'app.use',
      'f',
    ]);
    expect(after).toMatch(
      /\(f as unknown\) = traceFunction\(.*\);\n\/\* [\s\S]*traceMember\(spans\.agentRun, app, 'use'\)\(f\);/,
    );
  });

  test('a line on top of a block, and a call that opens at the same place', () => {
    const text = 'export const run = (a: number) => {b.c(f); function f() {} return a; };\n';
    expect(instrumented('a.ts', text, ['run', 'b.c', 'f'])).toMatch(
      /\{\n\(f as unknown\) = traceFunction\([^\n]*\);traceMember\(/,
    );
  });

  test('a body that moves, and a line on top of it', () => {
    const text = 'export default [(a) => {b.c(f); function f() {} return a; }];\n';
    const after = instrumented('a.js', text);
    expect(after).toMatch(/=> traceCall\(spans\.agentRun, \(\) => \{\nf = traceFunction/);
  });

  test.each([
    [
      'bodies',
      'js',
      'export var o={a(){},get b(){return"object"},set b(v){}},f=function(){},g=()=>{},h=[()=>{}];\n',
    ],
    ['members', 'ts', 'export class A{constructor(){}a(){}#b(){}static c(){}d=()=>{};get e(){return"e"}}\n'],
  ])('empty %s of a minified file', (_, extension, text) => {
    instrumented(`a.${extension}`, text);
  });
});

describe('words that end where a helper begins are kept apart', () => {
  test.each([
    ['export function f(a){return(a).b().c()}\n', ['a.b', 'a.b.c'], 'return/**/traceMember('],
    ['export function f(a){return[a].map(b).flat()}\n', undefined, 'return'],
    ['export function f(a){return[a].map(b)["flat"](),typeof(a).b()}\n', ['a.b'], 'typeof/**/traceMember('],
    ['export default(a)=>a\n', undefined, 'export default'],
    ['export default()=>1\n', undefined, 'export default/**/traceFunction('],
  ])('%j', (text, names, expected) => {
    expect(instrumented('a.js', text, names)).toContain(expected);
  });
});

describe('a semicolon that a call needs and a function does not', () => {
  const next = ['(g)()', '[1].map(g)', '`b`.trim()'];

  test.each(next)('before %s, whether the file has semicolons or not', (line) => {
    for (const end of [';', '']) {
      const text = `import { g } from './g.js'${end}\nexport const f = () => {}\n${line}${end}\n`;
      expect(instrumented('a.ts', text, ['f'])).toContain(') ;\n');
    }
  });

  test.each(next)('before %s, where it is there already', (line) => {
    for (const end of [';', '']) {
      const text = `import { g } from './g.js'${end}\nexport const f = () => {};\n${line}${end}\n`;
      expect(instrumented('a.ts', text, ['f'])).toContain(');\n');
    }
  });

  test('one that is written as the codemod would leaves its place out', () => {
    using project = new Project({ 'package.json': '{ "type": "module" }' });
    const { after, skipped } = project.plan('a.ts', 'export const f = () => {} ;\n[1].map(String);\n', {
      names: ['f'],
    });
    expect(after).toContain('f = () => {} ;');
    expect(skipped.map(({ code }) => code)).toEqual(['OBS5162']);
  });
});

describe('under isolatedDeclarations', () => {
  const options = JSON.stringify({
    compilerOptions: { strict: true, isolatedDeclarations: true, declaration: true },
  });
  const files = { 'tsconfig.json': options };

  test('what is exported has its body wrapped, and says its type itself as before', () => {
    const text = 'export const f = (a: string): string => a;\nexport const o = { g: (): number => 1 };\n';
    const after = instrumented('a.ts', text, undefined, files);
    expect(after).toContain('export const f = (a: string): string => traceCall(');
    expect(after).toContain('g: (): number => traceCall(');
    expect(instrumented('a.ts', text)).toContain('export const f = traceFunction(');
  });

  test('what stays in the file, or has its type beside it, is wrapped whole', () => {
    const text = 'const f = (a: string): string => a;\nexport const g: () => string = () => f("a");\n';
    const after = instrumented('a.ts', text, undefined, files);
    expect(after).toContain('const f = traceFunction(');
    expect(after).toContain('export const g: () => string = traceFunction(');
  });
});
