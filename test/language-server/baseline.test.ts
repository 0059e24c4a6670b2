import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { analyse } from '../../src/analyse.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { byFile } from '../../src/language-server/diagnostics.js';
import { Documents, uriOfPath } from '../../src/language-server/documents.js';
import { Project } from '../../src/language-server/project.js';
import { testToday } from '../support/model.js';
import { opened, root } from './marked.js';

const text = `version: 1
service: { name: shop }
labels:
  unused: { description: U., values: [x] }
metrics:
  orders_total: { type: counter, help: Orders. }
`;
const entry = (at: string): string => `{"version":1,"findings":[{"at":"${at}","code":"OBS3018"}]}`;
const codes = (found: readonly Diagnostic[]): string[] => found.map(({ code }) => code);
const atOnce = (): Promise<void> => Promise.resolve();

it('an editor shows what validate shows with a baseline beside the spec, as it comes and goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-lsp-baseline-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const main = join(folder, 'observability.yaml');
  const baseline = join(folder, '.obs-gen-baseline.json');
  writeFileSync(main, text);
  const project = new Project(main, new Documents(folder), () => testToday);
  const shown = async (): Promise<string[]> => {
    await project.finish(atOnce);
    expect(codes(project.diagnostics)).toEqual(codes(analyse(main, testToday).diagnostics));
    return codes(project.diagnostics);
  };
  expect(await shown()).toEqual(['OBS3018']);
  for (const [content, expected] of [
    [entry('labels.unused'), []],
    [entry('labels.gone'), ['OBS3711', 'OBS3018']],
    ['{', ['OBS3710', 'OBS3018']],
    [undefined, ['OBS3018']],
  ] as const) {
    if (content === undefined) rmSync(baseline);
    else writeFileSync(baseline, content);
    // What the editor says when a file that it watches has changed.
    expect(project.hasRead(baseline)).toBe(true);
    project.invalidate();
    expect(await shown()).toEqual(expected);
  }
});

it('an entry that nothing needs stays marked in the baseline while somebody types', async () => {
  const path = `${root}/.obs-gen-baseline.json`;
  const { project, documents } = opened(text, { [path]: entry('labels.gone') });
  await project.finish(atOnce);
  documents.set(`${root}/observability.yaml`, `${text}# more\n`);
  project.invalidate();
  expect(codes(project.diagnostics).sort()).toEqual(['OBS3018', 'OBS3711']);
  const found = byFile(documents, uriOfPath(project.main), project.diagnostics);
  expect(found.get(uriOfPath(path))?.map(({ code }) => code)).toEqual(['OBS3711']);
  // The buffer counts, and not what was saved.
  documents.set(path, entry('labels.unused'));
  project.invalidate();
  expect(codes(project.diagnostics)).toEqual([]);
});
