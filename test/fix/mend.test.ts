import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Baseline } from '../../src/baseline/baseline.js';
import { fixable } from '../../src/fix/fixable.js';
import { mend } from '../../src/fix/mend.js';
import { applied, withoutOverlaps } from '../../src/fix/text-edits.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import type { Fix } from '../../src/diagnostics/diagnostic.js';
import { analyseLoaded } from '../../src/analyse.js';
import { memoryFiles } from '../../src/spec/layers/imports.js';
import { loadSpecText } from '../../src/spec/load.js';
import { foldersIn, readTree } from '../support/directory.js';
import { testToday } from '../support/model.js';

const root = join(import.meta.dirname, '../diagnostics');
const main = 'observability.yaml';
const exists = (): boolean => true;

function mended(files: ReadonlyMap<string, string>) {
  const result = mend(memoryFiles(files), main, testToday, exists);
  const texts = new Map(files);
  for (const { id, after } of result.files) texts.set(id, after.text);
  return { ...result, texts };
}

const comments = (text: string): readonly string[] => text.match(/(?:^|\s)#[^\n]*/g) ?? [];

const cases = foldersIn(root)
  .map((folder) => ({ folder, files: readTree(join(root, folder)) }))
  .filter(
    ({ files }) =>
      fixable(analyseLoaded(loadSpecText(files, main), testToday, exists).diagnostics).length > 0,
  );

describe.each(cases)('all fixes of $folder', ({ files }) => {
  const first = mended(files);

  it('leave nothing that they could mend, and no new error', () => {
    const errors = (texts: ReadonlyMap<string, string>): number =>
      analyseLoaded(loadSpecText(texts, main), testToday, exists).diagnostics.filter(
        ({ severity }) => severity === 'error',
      ).length;
    expect(first.mended.length).toBeGreaterThan(0);
    expect(errors(first.texts)).toBeLessThanOrEqual(errors(files));
    const again = mended(first.texts);
    expect(again.files).toEqual([]);
    expect(again.left.map(({ code }) => code)).toEqual(first.left.map(({ code }) => code));
  });

  it('keep comments and lines', () => {
    for (const { before, after } of first.files) {
      const lost = comments(before.text).filter((each) => !after.text.includes(each.trim()));
      expect(lost.filter((each) => !/obs-gen-ignore/.test(each))).toEqual([]);
    }
  });
});

describe('fixes', () => {
  it('leave what a baseline accepts, and mend the rest', () => {
    const text = `version: 1
service: { name: shop }
labels:
  unused: { description: U., values: [x] }
metrics:
  orders_total: { typ: counter, help: Orders. }
`;
    const files = new Map([[main, text]]);
    const baseline = '{"version":1,"findings":[{"at":"labels.unused","code":"OBS3018"}]}';
    const accepting = (): Baseline => new Baseline('.obs-gen-baseline.json', baseline);
    const { files: changed, left } = mend(memoryFiles(files), main, testToday, exists, accepting);
    expect(changed.map(({ after }) => after.text)).toEqual([text.replace('typ:', 'type:')]);
    expect(left).toEqual([]);
  });

  it('leave a spec of a later version alone: what looks like a slip may be a key of it', () => {
    const text = 'version: 2\nservice: { name: shop }\nmetrics:\n  orders_total: { typ: counter }\n';
    const { files: changed, left } = mended(new Map([[main, text]]));
    expect(changed).toEqual([]);
    expect(left.map(({ code }) => code)).toEqual(['OBS2011']);
  });

  it('reach imported files, and never presets', () => {
    const files = new Map([
      [main, 'version: 1\nservice: { name: shop }\npresets: [agent]\nimports: [more.yaml]\n'],
      ['more.yaml', '# kept\nmetrics:\n  shop_orders_total: { typ: counter, help: Orders. } # kept too\n'],
    ]);
    const { texts, files: changed } = mended(files);
    expect(changed.map(({ id }) => id)).toEqual(['more.yaml']);
    expect(texts.get('more.yaml')).toBe(
      '# kept\nmetrics:\n  shop_orders_total: { type: counter, help: Orders. } # kept too\n',
    );
  });

  it('go on with what the ones before have laid bare', () => {
    const files = new Map([
      [
        main,
        `version: 1
service: { name: shop }
labels:
  outcome: { description: How it ended., values: [ok] }
metrics:
  orders_total: { type: counter, help: Orders., lables: [outcom] }
`,
      ],
    ]);
    const { texts, mended: done } = mended(files);
    expect(texts.get(main)).toContain('labels: [outcome]');
    expect(done.map(({ code }) => code)).toEqual(expect.arrayContaining(['OBS2001', 'OBS3001']));
  });

  it('that overlap are taken one at a time', () => {
    const source = new SourceFile('a', 'abcdef');
    const fix = (start: number, end: number, text: string): Fix => ({ range: { source, start, end }, text });
    expect(withoutOverlaps([fix(0, 3, 'x'), fix(2, 4, 'y'), fix(4, 5, 'z')])).toHaveLength(2);
    expect(applied(source.text, [fix(4, 5, 'z'), fix(0, 3, 'x'), fix(2, 4, 'y')])).toBe('xdzf');
    expect(applied(source.text, [fix(3, 3, '-'), fix(3, 3, '+')])).toBe('abc-def');
  });
});
