import { rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Workspace } from '../../src/mcp/workspace.js';
import { isLong } from '../support/long.js';
import { testToday } from '../support/model.js';
import { folderWith } from './folder.js';

const head = 'version: 1\nservice: { name: shop }\nimports: [shared.yaml]\n';
const counter = (name: string): string => `metrics:\n  ${name}_total: { type: counter, help: Jobs. }\n`;
const files = { 'observability.yaml': head + counter('a'), 'shared.yaml': 'labels: {}\n' };

const workspaceOf = (root: string, today = (): string => testToday): Workspace =>
  new Workspace({ root, spec: 'observability.yaml', out: 'generated', readOnly: false, today });

/** What a question is answered from: findings with their places and texts, and what was declared. */
function answer(workspace: Workspace): unknown {
  const { model, diagnostics } = workspace.read().analysis;
  return [
    [...(model?.metrics.keys() ?? [])],
    diagnostics.map(({ code, message, range }) => [code, message, range?.start, range?.source.text]),
  ];
}

it('an analysis is kept while nothing that it was made of has changed', () => {
  const root = folderWith(files);
  let today = testToday;
  const workspace = workspaceOf(root, () => today);
  const first = workspace.read();
  expect(workspace.read()).toBe(first);
  expect(workspace.read('./observability.yaml')).toBe(first);
  // What stands in no file yet is another question.
  expect(workspace.read(undefined, head + counter('b')).analysis.model?.metrics.has('b_total')).toBe(true);
  expect(workspace.read()).toBe(first);
  today = '2031-01-01';
  expect(workspace.read()).not.toBe(first);
});

it('a change is seen although size and time stayed the same', () => {
  const root = folderWith(files);
  const workspace = workspaceOf(root);
  expect(workspace.read().analysis.model?.metrics.has('a_total')).toBe(true);
  const path = join(root, 'observability.yaml');
  const { atime, mtime, size } = statSync(path);
  writeFileSync(path, head + counter('b'));
  utimesSync(path, atime, mtime);
  expect(statSync(path).size).toBe(size);
  expect(workspace.read().analysis.model?.metrics.has('b_total')).toBe(true);
});

it('no answer is stale, whatever comes, goes and comes back', () => {
  const root = folderWith(files);
  const unused = 'labels:\n  unused: { description: U., values: [x] }\n';
  const states: Readonly<Record<string, readonly (string | undefined)[]>> = {
    'observability.yaml': [
      files['observability.yaml'],
      `${head}metrics: [\n`,
      `${head}cost: { prices: p.json }\n`,
    ],
    'shared.yaml': ['labels: {}\n', unused, `# moved\n${unused}`, 'imports: [more.yaml]\n', undefined],
    'more.yaml': [undefined, counter('more'), counter('more').replace('type', 'typ')],
    'p.json': [undefined, '{}'],
    '.obs-gen-baseline.json': [
      undefined,
      '{"version":1,"findings":[{"at":"labels.unused","code":"OBS3018"}]}',
      '{',
    ],
  };
  const change = fc.record({ name: fc.constantFrom(...Object.keys(states)), state: fc.nat({ max: 4 }) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
      for (const [name, [text]] of Object.entries(states)) put(root, name, text);
      const workspace = workspaceOf(root);
      for (const { name, state } of changes) {
        const all = states[name] ?? [];
        put(root, name, all[state % all.length]);
        expect(answer(workspace)).toEqual(answer(workspaceOf(root)));
      }
    }),
    { numRuns: isLong ? 200 : 12 },
  );
});

function put(root: string, name: string, text: string | undefined): void {
  if (text === undefined) rmSync(join(root, name), { force: true });
  else writeFileSync(join(root, name), text);
}

it('a baseline counts as it does for validate, and none from elsewhere is read', () => {
  const root = folderWith({
    ...files,
    'shared.yaml': 'labels:\n  unused: { description: U., values: [x] }\n',
  });
  const workspace = workspaceOf(root);
  const codes = (): string[] => workspace.read().analysis.diagnostics.map(({ code }) => code);
  expect(codes()).toEqual(['OBS3018']);
  const text = '{"version":1,"findings":[{"at":"labels.unused","code":"OBS3018"}]}';
  writeFileSync(join(root, '.obs-gen-baseline.json'), text);
  expect(codes()).toEqual([]);
  const elsewhere = folderWith({ 'baseline.json': text });
  rmSync(join(root, '.obs-gen-baseline.json'));
  symlinkSync(join(elsewhere, 'baseline.json'), join(root, '.obs-gen-baseline.json'));
  const { diagnostics } = workspace.read().analysis;
  expect(diagnostics.map(({ code }) => code).sort()).toEqual(['OBS3018', 'OBS3710']);
  expect(diagnostics.find(({ code }) => code === 'OBS3710')?.message).toContain(
    'outside of the working directory',
  );
});
