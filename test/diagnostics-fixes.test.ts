import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyseLoaded } from '../src/analyse.js';
import type { Diagnostic, Fix } from '../src/diagnostics/diagnostic.js';
import { loadSpecText } from '../src/spec/load.js';
import { foldersIn, readTree } from './support/directory.js';
import { testToday } from './support/model.js';

/** Each fix of each case of test/diagnostics, applied by itself: it takes its finding away and breaks nothing else. */
const root = join(import.meta.dirname, 'diagnostics');
const main = 'observability.yaml';
const analyse = (files: ReadonlyMap<string, string>): readonly Diagnostic[] =>
  analyseLoaded(loadSpecText(files, main), testToday, () => true).diagnostics;

/** What a finding says, wherever it stands: a fix moves what is behind it. */
const said = ({ code, message }: Diagnostic): string => `${code} ${message}`;

function count(diagnostics: readonly Diagnostic[], text: string): number {
  return diagnostics.filter((each) => said(each) === text).length;
}

function apply(files: ReadonlyMap<string, string>, { range, text }: Fix): ReadonlyMap<string, string> {
  const { path, text: before } = range.source;
  return new Map(files).set(path, before.slice(0, range.start) + text + before.slice(range.end));
}

const folders = foldersIn(root)
  .map((folder) => ({ folder, files: readTree(join(root, folder)) }))
  .filter(({ files }) => analyse(files).some((each) => each.fix !== undefined));

describe.each(folders)('$folder', ({ files }) => {
  const before = analyse(files);
  const fixable = before.filter((each) => each.fix !== undefined);
  it('is mended by its fixes', () => {
    const errors = new Set(before.filter(({ severity }) => severity === 'error').map(said));
    for (const finding of fixable) {
      if (finding.fix === undefined) continue;
      const after = analyse(apply(files, finding.fix));
      expect(count(after, said(finding)), said(finding)).toBeLessThan(count(before, said(finding)));
      const added = after.filter((each) => each.severity === 'error' && !errors.has(said(each))).map(said);
      expect(added, said(finding)).toEqual([]);
    }
  });
});
