import { expect, it } from 'vitest';
import { splice } from '../../src/instrument/edit.js';
import type { FilePlan } from '../../src/instrument/file/file-plan.js';
import { verifiedPlan } from '../../src/instrument/file/verified-plan.js';
import { Project } from './file-planning.js';

function codes({ skipped }: FilePlan): readonly string[] {
  return skipped.map(({ code }) => code);
}

it('OBS5160: leaves files of the browser alone', () => {
  using project = new Project({});
  const text = `'use client';\nimport { a } from './a';\n\nexport function Box() {\n  return a;\n}\n`;
  const plan = project.plan('box.tsx', text);
  expect(plan.after).toBe(text);
  expect(codes(plan)).toEqual(['OBS5160']);
  expect(text.slice(plan.skipped[0]?.start)).toMatch(/^export function Box/);
  expect(codes(project.plan('box.tsx', text.replace('use client', 'use server')))).toEqual([]);
  expect(codes(project.plan('box.tsx', text, { names: ['other'] }))).toEqual([]);
});

it.each([
  ['main.ts', {}],
  ['main.js', {}],
  ['main.js', { 'package.json': '{}' }],
  ['main.ts', { 'tsconfig.json': '{"compilerOptions":{"module":"nodenext"}}', 'package.json': '{}' }],
])('OBS5161: leaves scripts alone: %s, %o', (path, files) => {
  using project = new Project(files);
  const text = 'function run() {\n  return 1;\n}\nrun();\n';
  const plan = project.plan(path, text);
  expect(plan.after).toBe(text);
  expect(codes(plan)).toEqual(['OBS5161']);
});

it.each([
  ['main.mts', {}],
  ['main.cts', {}],
  ['main.mjs', {}],
  ['main.cjs', {}],
  ['main.js', { 'package.json': '{"type":"module"}' }],
  ['main.ts', { 'tsconfig.json': '{"compilerOptions":{"moduleDetection":"force"}}' }],
  [
    'main.ts',
    { 'tsconfig.json': '{"compilerOptions":{"module":"nodenext"}}', 'package.json': '{"type":"module"}' },
  ],
])('knows modules by their name and by what is configured: %s, %o', (path, files) => {
  using project = new Project(files);
  const plan = project.plan(path, 'function run() {\n  return 1;\n}\nrun();\n');
  expect(codes(plan)).toEqual([]);
  expect(plan.after).not.toBe(plan.before);
});

it('OBS5162: leaves out the place whose edit does not stand the check, and keeps the rest', () => {
  using project = new Project({});
  // The helper's name would end the import's list: nobody calls a span that, but a fault of ours could look like it.
  const text = `import { a } from './a';\n${['one', 'two', 'three', 'four', 'five']
    .map((name) => `export const ${name} = () => a;\n`)
    .join('')}`;
  const settings = project.settings();
  const broken = {
    ...settings,
    rules: {
      ...settings.rules,
      decide: (...given: Parameters<typeof settings.rules.decide>) => {
        const insertion = settings.rules.decide(...given);
        const isBroken = given[0].name === 'two' || given[0].name === 'five';
        return insertion && isBroken ? { ...insertion, span: { name: 'x', member: 'x)(' } } : insertion;
      },
    },
  };
  const wrong = {
    path: 'main.ts',
    before: text,
    after: `${text}function (`,
    placed: [],
    skipped: [],
    functions: 5,
  };
  const plan = verifiedPlan(wrong, broken);
  expect(codes(plan)).toEqual(['OBS5162', 'OBS5162']);
  expect(plan.skipped.map(({ start }) => text.slice(start - 6, start))).toEqual(['two = ', 'ive = ']);
  expect(plan.placed.map(({ place }) => place)).toEqual(['one', 'three', 'four']);
  expect(plan.after).toBe(project.plan('main.ts', text, { names: ['one', 'three', 'four'] }).after);
});

it('OBS5162: a plan that would lose something on removal is made anew', () => {
  using project = new Project({});
  const text = `import { a } from './a';\nexport const one = () => a;\n`;
  const plan = project.plan('main.ts', text);
  expect(verifiedPlan(plan, project.settings())).toBe(plan);
  const lossy = { ...plan, after: plan.after.replace("from './a'", "from './b'") };
  expect(verifiedPlan(lossy, project.settings())).toEqual(plan);
});

it('OBS5163: removal leaves what it has not written, and says so', () => {
  using project = new Project({});
  const text = `import { spans, traceFunction, traceCall } from './generated/instrument';

export const loaders = [1].map((id) => traceFunction(spans.load, 'load', load)(id) + traceFunction(spans.load, id));
(load as unknown) = traceFunction(spans.load, 'load', load);
function load(id: number) {
  return id;
}
`;
  const plan = project.remove('main.ts', text);
  expect(plan.after).toContain("import { spans, traceFunction } from './generated/instrument';");
  expect(plan.after).toContain('load(id) + traceFunction(spans.load, id)');
  expect(plan.after).not.toContain('(load as unknown)');
  expect(new Set(codes(plan))).toEqual(new Set(['OBS5163']));
  expect(text.slice(plan.skipped[0]?.start)).toMatch(/^traceFunction\(spans\.load, id\)/);
});

it('refuses two edits of one stretch', () => {
  const edit = { start: 1, end: 3, text: 'x', side: 'open', extent: 2 } as const;
  expect(() => splice('abcdef', [edit, { ...edit, start: 2, end: 4 }])).toThrow(RangeError);
});
