import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseLoaded } from '../../src/analyse.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { carriedOver, keptOf } from '../../src/language-server/carry-over.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { diagnostic } from '../../src/diagnostics/create.js';
import { loadSpecText } from '../../src/spec/load.js';
import { runs } from '../support/long.js';
import { testToday } from '../support/model.js';
import { main, opened, root, shop } from './marked.js';

/** What is said and where, without the sources, of which each analysis makes its own. */
function said(findings: readonly Diagnostic[]): unknown {
  return findings.map(({ code, severity, message, range, help, fix, related }) => [
    code,
    severity,
    message,
    range && [range.source.path, range.start, range.end],
    help,
    fix && [fix.range.start, fix.range.end, fix.text],
    related.map((each) => [each.range.source.path, each.range.start, each.message]),
  ]);
}

const pieces = [
  'x',
  ' ',
  '\n',
  '  ',
  ':',
  '{',
  '}',
  '[',
  ']',
  "'",
  '"',
  '#',
  '- ',
  '_total',
  'outcome',
  'sum by (',
  '5m',
  '‸',
  'é',
];
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 12 }),
  insert: fc.constantFrom(...pieces),
  isInImport: fc.boolean(),
});

const dashboard = `dashboards:
  shop:
    title: Shop
    rows:
      - title: Orders
        panels: [{ title: Orders, metric: orders_total, show: rate, by: [outcome] }]
`;

describe('an analysis that goes on from the one before', () => {
  it('finds what a fresh one finds, whatever is typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const texts = new Map([
          ['observability.yaml', `${shop}imports: [more.yaml]\npresets: [cache]\n`],
          ['more.yaml', dashboard],
        ]);
        const { project, documents } = opened(texts.get('observability.yaml') ?? '', {
          [`${root}/more.yaml`]: dashboard,
        });
        await project.finish(() => Promise.resolve());
        for (const { at, cut, insert, isInImport } of edits) {
          const name = isInImport ? 'more.yaml' : 'observability.yaml';
          const text = texts.get(name) ?? '';
          const from = Math.floor(at * text.length);
          const now = text.slice(0, from) + insert + text.slice(from + cut);
          texts.set(name, now);
          documents.set(`${root}/${name}`, now);
          project.invalidate();
          expect(project.diagnostics).toBeInstanceOf(Array);
        }
        expect(await project.finish(() => Promise.resolve())).toBe(true);
        const fresh = analyseLoaded(loadSpecText(texts, 'observability.yaml'), testToday, () => false);
        // Files are called unreadable in the words of where they come from.
        const isOfFiles = ({ code }: Diagnostic): boolean =>
          /^OBS10(?:0[1-3]|2)/.test(code) || code === 'OBS3060';
        expect(said(project.diagnostics.filter((each) => !isOfFiles(each)))).toEqual(
          said(fresh.diagnostics.filter((each) => !isOfFiles(each))),
        );
      }),
      { numRuns: runs(20) },
    );
  });

  it('gives up looking at dashboards once the text changes', async () => {
    const { project, documents } = opened(shop + dashboard);
    const isDone = await project.finish(() => {
      documents.set(main, shop);
      project.invalidate();
      return Promise.resolve();
    });
    expect(isDone).toBe(false);
  });
});

describe('findings in dashboards, until they are looked at again', () => {
  it('move with their lines, and go with the text that they were about', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        fc.nat(40),
        fc.nat(10),
        fc.string({ maxLength: 10 }),
        fc.nat(40),
        fc.nat(5),
        (old, from, cut, insert, start, length) => {
          const before = new SourceFile('a', old);
          const now = new SourceFile('a', old.slice(0, from) + insert + old.slice(from + cut));
          const range = {
            source: before,
            start: Math.min(start, old.length),
            end: Math.min(start + length, old.length),
          };
          const [moved] = carriedOver([diagnostic('OBS3520', { message: 'm', range })], () => now);
          // Wherever it is now, the same text stands there.
          if (moved?.range !== undefined)
            expect(now.text.slice(moved.range.start, moved.range.end)).toBe(
              old.slice(range.start, range.end),
            );
          const { before: head, after: tail } = keptOf(old, now.text);
          expect(head + tail).toBeLessThanOrEqual(Math.min(old.length, now.text.length));
        },
      ),
    );
  });
});
