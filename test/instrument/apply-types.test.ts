import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compile.js';
import { sortDiagnostics } from '../../src/diagnostics/sort.js';
import { chosenPlaces } from '../../src/instrument/apply/chosen-places.js';
import type { Codemod } from '../../src/instrument/apply/codemod.js';
import { unwrittenHelpers } from '../../src/instrument/apply/helpers-on-disk.js';
import { culpritsIn } from '../../src/instrument/apply/types/search.js';
import { newFaults } from '../../src/instrument/apply/types/type-checker.js';
import { verifyTypes } from '../../src/instrument/apply/types/verify-types.js';
import type { FilePlan } from '../../src/instrument/file/file-plan.js';
import { planFile } from '../../src/instrument/file/plan-file.js';
import { ruleSetOf } from '../../src/instrument/rules/rule-set-of.js';
import { testProject, type TestProject } from './apply/project.js';

const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    skipLibCheck: true,
  },
  include: ['src', 'generated'],
});

/**
 * A codemod that adds a comment for each function, something of a wrong type for one called `bad…`, and for one called `export…` a change of
 * an exported type: the real one brings no type errors where it can help it.
 */
function breaking({ stages }: TestProject): Codemod {
  const places: Codemod['places'] = (path, bytes) => stages.codemod.places(path, bytes);
  return {
    ...stages.codemod,
    places,
    plan(path, bytes, leftOut = new Set()) {
      const before = bytes.toString('utf8');
      let after = before;
      for (const { key, name } of places(path, bytes)) {
        if (leftOut.has(key)) continue;
        after += name.startsWith('bad') ? `const wrong_${name}: number = '${name}';\n` : `// ${name}\n`;
        if (name.startsWith('export')) after = after.replace('answer = 42', "answer = 'no'");
      }
      return { ...stages.codemod.plan(path, bytes), before, after };
    },
  };
}

function plansOf(project: TestProject, codemod: Codemod, paths: readonly string[]): readonly FilePlan[] {
  return paths.map((path) => codemod.plan(path, readFileSync(join(project.root, path))));
}

const span = { name: 'agent.step', member: 'agentStep' };

const functions = (...names: readonly string[]): string =>
  names.map((name) => `export function ${name}() {\n  return 1;\n}\n`).join('');

describe('--verify types', () => {
  it('finds no fault with the real thing, and leaves types as they are', async () => {
    const project = testProject({
      'tsconfig.json': tsconfig,
      'src/a.ts': `export async function ask(question: string): Promise<string> {
  return question;
}
export class Agent<T> {
  constructor(readonly value: T) {}
  run(): T {
    return this.value;
  }
}
export const answer: Promise<string> = ask('a');
export const wrong: number = new Agent('text').run();
`,
    });
    const { diagnostics, drafts } = await project.finish({ verify: 'types' });
    expect(diagnostics).toEqual([]);
    expect(drafts).toHaveLength(1);
  });

  it('leaves out the places that bring a type error, names it, and does the others', () => {
    const names = Array.from({ length: 12 }, (_, index) =>
      index === 3 || index === 8 ? `bad${index}` : `f${index}`,
    );
    const project = testProject({
      'tsconfig.json': tsconfig,
      'src/a.ts': functions(...names),
      'src/b.ts': functions('f', 'badToo'),
      'src/c.ts': functions('f'),
    });
    const codemod = breaking(project);
    const plans = plansOf(project, codemod, ['src/a.ts', 'src/b.ts', 'src/c.ts']);
    const { files, diagnostics, leftOut } = verifyTypes(project.subject.place, plans, codemod);
    expect(
      sortDiagnostics(diagnostics).map(({ code, message, range }) => [
        code,
        message,
        range?.source.path,
        range?.source.position(range.start).line,
      ]),
    ).toEqual(
      [
        ['bad3', 'src/a.ts', 10],
        ['bad8', 'src/a.ts', 25],
        ['badToo', 'src/b.ts', 4],
      ].map(([name, path, line]) => [
        'OBS5209',
        `\`${name}\` is left out, since instrumenting it brings a type error: Type 'string' is not assignable to type 'number'. (TS2322)`,
        path,
        line,
      ]),
    );
    expect(files.map(({ after }) => after.includes('wrong'))).toEqual([false, false, false]);
    expect(files[0]?.after.match(/^\/\/ f\d+$/gm)).toHaveLength(10);
    expect([...leftOut.keys()]).toEqual(['src/a.ts', 'src/b.ts']);
  });

  it('finds the place where the error is in another file', () => {
    const project = testProject({
      'tsconfig.json': tsconfig,
      'src/a.ts': `export const answer = 42;\n${functions('f', 'exportIt', 'g')}`,
      'src/b.ts': `import { answer } from './a.js';\nexport const twice: number = answer * 2;\n${functions('h')}`,
    });
    const codemod = breaking(project);
    const plans = plansOf(project, codemod, ['src/a.ts', 'src/b.ts']);
    const { files, diagnostics } = verifyTypes(project.subject.place, plans, codemod);
    expect(diagnostics.map(({ code, message }) => `${code} ${message.split(' ')[0] ?? ''}`)).toEqual([
      'OBS5209 `exportIt`',
    ]);
    expect(files.map(({ after }) => after.match(/^\/\/ \w+$/gm))).toEqual([['// f', '// g'], ['// h']]);
  });

  it('gives up where no place explains the error, and nothing may be written', () => {
    const project = testProject({ 'tsconfig.json': tsconfig, 'src/a.ts': functions('f') });
    const codemod: Codemod = {
      ...project.stages.codemod,
      plan(path, bytes) {
        const before = bytes.toString('utf8');
        return {
          ...project.stages.codemod.plan(path, bytes),
          before,
          after: `${before}const a: number = '';\n`,
        };
      },
    };
    const plans = plansOf(project, codemod, ['src/a.ts']);
    const { diagnostics } = verifyTypes(project.subject.place, plans, codemod);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['OBS5210', 'error']]);
  });

  it('says which files belong to no project, and follows references', async () => {
    const project = testProject({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./packages" }] }',
      'packages/tsconfig.json': tsconfig
        .replace('"src"', '"../src/in"')
        .replace('"generated"', '"../generated"'),
      'src/in/a.ts': functions('f'),
      'src/out/a.ts': functions('g'),
    });
    const { diagnostics } = await project.finish({ verify: 'types' });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'OBS5213 `src/out/a.ts` belongs to no TypeScript project, so it was not type-checked',
    ]);
  });
});

describe('the search for culprits', () => {
  it('leaves the others right, whatever goes wrong alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(59), { maxLength: 5 }), (count, bad) => {
        const items = Array.from({ length: count }, (_, index) => index);
        const wrong = new Set(bad.filter((each) => each < count));
        if (wrong.size === 0) return;
        const search = culpritsIn(items);
        let asked = 0;
        let next = search.next(true);
        while (next.done !== true) {
          asked += 1;
          next = search.next(next.value.some((each) => wrong.has(each)));
        }
        expect([...next.value].sort((a, b) => a - b)).toEqual([...wrong].sort((a, b) => a - b));
        expect(asked).toBeLessThanOrEqual(2 * wrong.size * (Math.ceil(Math.log2(count)) + 1));
      }),
    );
  });

  it('compares errors by their kind, since what they say changes with the code', () => {
    const fault = (code: number, message: string): { code: number; message: string; line: number } => ({
      code,
      message,
      line: 1,
    });
    expect(newFaults([fault(1, 'a')], [fault(1, 'b')])).toEqual([]);
    expect(newFaults([fault(1, 'a')], [fault(1, 'a'), fault(1, 'b')])).toEqual([fault(1, 'b')]);
    expect(newFaults([], [fault(2, 'c')])).toEqual([fault(2, 'c')]);
  });
});

describe('--verify types before anything was built', () => {
  const tree = {
    'tsconfig.json': tsconfig,
    'src/a.ts': `${functions('ask')}export const wrong: number = ask();\n`,
  };

  it('checks against the generated code that a build would write', async () => {
    const project = testProject(tree);
    const files = compile(project.subject.specPath, '2026-06-01').files ?? [];
    expect(unwrittenHelpers(files, project.subject.outDir).size).toBe(0);
    rmSync(project.subject.outDir, { recursive: true });
    const unwritten = unwrittenHelpers(files, project.subject.outDir);
    expect([...unwritten.keys()]).toContain(join(project.root, 'generated/instrument.ts'));
    const blind = await project.finish({ verify: 'types' });
    expect(blind.diagnostics.map(({ code }) => code)).toEqual(['OBS5209']);
    const { drafts, diagnostics } = await project.finish({ verify: 'types', unwritten });
    expect(diagnostics).toEqual([]);
    expect(drafts[0]?.after).toContain("traceFunction(spans.agentStep, 'ask', ask)");
  });
});

it('tells places of one name and rule apart', () => {
  const project = testProject({ 'tsconfig.json': tsconfig });
  const text = `export const all = [
  (a: number) => { a += 1; return () => a; },
  (b: string) => b,
].map((each) => each);
`;
  const rules = ruleSetOf({ ...project.subject.rules });
  const every = {
    ...rules,
    mayMatch: () => true,
    decide: () => ({ rule: 0, span, attributes: [], style: 'wrap' as const }),
  };
  const settings = { rules: every, root: project.root, outDir: project.subject.outDir, verify: true };
  const { plan, places } = chosenPlaces(every, (set) =>
    planFile({ path: 'src/b.ts', bytes: Buffer.from(text) }, { ...settings, rules: set }),
  );
  expect(new Set(places.map(({ name }) => name))).toEqual(new Set(['an anonymous function']));
  expect([plan.placed.length > 0, plan.skipped.length > 0]).toEqual([true, true]);
  const shown = places.map(({ candidate, placed, skip }) => [
    text.slice(candidate.node.getStart(), candidate.node.getStart() + 5),
    placed?.line ?? skip?.code,
  ]);
  expect(shown).toEqual([
    ['(a: n', 'OBS5105'],
    ['() =>', 2],
    ['(b: s', 3],
    ['(each', 4],
  ]);
});
