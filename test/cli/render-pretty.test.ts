import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/diagnostics/severity.js';
import { mostShown, renderPretty } from '../../src/diagnostics/render/pretty.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { finding, rangeOf, spec } from './sample.js';
import { runs } from '../support/long.js';

const plain = { color: false };

describe('a diagnostic for people', () => {
  it('has a header, a frame with context, related places, help, a diff and a summary', () => {
    const text = renderPretty(
      [
        finding({
          message: 'unknown key `typ`',
          range: rangeOf(spec, 'typ'),
          related: [{ range: rangeOf(spec, 'orders_total'), message: 'in this metric' }],
          help: 'did you mean `type`?',
          fix: { range: rangeOf(spec, 'typ'), text: 'type' },
        }),
      ],
      plain,
    );
    expect(text).toBe(`error[OBS2001]: unknown key \`typ\`
 --> observability.yaml:6:5
  |
4 | metrics:
5 |   orders_total:
6 |     typ: counter
  |     ^^^
  |
 ::: observability.yaml:5:3
  |
5 |   orders_total:
  |   ------------ in this metric
  |
  = help: did you mean \`type\`?
  |
6 -     typ: counter
6 +     type: counter

1 error
`);
  });

  it('underlines each line of a range over lines, and the first and last of a long one', () => {
    const short = rangeOf(spec, 'typ: counter\n    help: Orders.\n');
    expect(renderPretty([finding({ message: 'x', range: short })], plain)).toContain(
      [
        '6 |     typ: counter',
        '  |     ^^^^^^^^^^^^',
        '7 |     help: Orders.',
        '  |     ^^^^^^^^^^^^^',
        '',
      ].join('\n'),
    );
    const long = { source: spec, start: spec.text.indexOf('metrics'), end: spec.text.length };
    expect(renderPretty([finding({ message: 'x', range: long })], plain)).toContain(
      [
        ' 5 |   orders_total:',
        '   |   ^^^^^^^^^^^^^',
        '...',
        '10 |     type: counter',
        '   |     ^^^^^^^^^^^^^',
      ].join('\n'),
    );
  });

  it('puts one caret behind the end of a line for an empty range there', () => {
    const end = spec.text.indexOf('counter') + 'counter'.length;
    const text = renderPretty([finding({ message: 'x', range: { source: spec, start: end, end } })], plain);
    expect(text).toContain('6 |     typ: counter\n  |                 ^\n');
  });

  it('shows an insertion as added lines, a removal as removed ones', () => {
    const at = spec.text.indexOf('    help');
    const insertion = { range: { source: spec, start: at, end: at }, text: '    owner: me\n' };
    expect(renderPretty([finding({ message: 'x', fix: insertion })], plain)).toContain(
      '  = fix:\n  |\n7 +     owner: me\n',
    );
    const removal = { range: rangeOf(spec, '    help: Orders.\n'), text: '' };
    const removed = renderPretty([finding({ message: 'x', fix: removal })], plain);
    expect(removed).toContain('7 -     help: Orders.\n');
    expect(removed).not.toContain('+ ');
  });

  it('has no frame where no file can be named', () => {
    const text = renderPretty([finding({ code: 'OBS4101', message: 'edited', help: 'one\ntwo' })], plain);
    expect(text).toBe('error[OBS4101]: edited\n  = help: one\n          two\n\n1 error\n');
  });

  it('says nothing of nothing', () => {
    expect(renderPretty([], { color: true })).toBe('');
  });

  it('writes colour only when asked', () => {
    const list = [finding({ message: 'x', range: rangeOf(spec, 'typ'), help: 'y' })];
    expect(renderPretty(list, plain)).not.toContain('\u001b');
    const colored = renderPretty(list, { color: true });
    expect(colored).toContain('\u001b[1;31m');
    // eslint-disable-next-line no-control-regex -- escape sequences are what it takes out
    expect(colored.replaceAll(/\u001b\[[\d;]*m/g, '')).toBe(renderPretty(list, plain));
  });

  it('shows a hundred, errors first, and counts the rest', () => {
    const many = (severity: Severity, count: number) =>
      Array.from({ length: count }, (_, index) => finding({ severity, message: `${severity} ${index}` }));
    const text = renderPretty([...many('warning', 80), ...many('error', 70), ...many('info', 3)], plain);
    expect(text.match(/^(error|warning|info)\[/gm)).toHaveLength(mostShown);
    expect(text.match(/^error\[/gm)).toHaveLength(70);
    expect(text).toMatch(/\n50 warnings, 3 notes more, not shown; --format json prints everything\n/);
    expect(text).toMatch(/\n70 errors, 80 warnings, 3 notes\n$/);
  });

  it('names characters that would steer the terminal or hide', () => {
    const source = new SourceFile('a.yaml', 'key: "\u001b[31m\u202eabc\u200b"\n');
    const text = renderPretty(
      [finding({ message: 'bad \u001b[2J \u2066x', range: rangeOf(source, 'key') })],
      plain,
    );
    expect(text).toContain('bad \u241b[2J <U+2066>x');
    expect(text).toContain('key: "\u241b[31m<U+202E>abc<U+200B>"');
  });
});

/** Pieces of text with the columns that they take, written down here rather than computed. */
const pieces: readonly (readonly [text: string, columns: number])[] = [
  ['a', 1],
  [' ', 1],
  ['#', 1],
  ['\u00e9', 1],
  ['e\u0301', 1],
  ['\u6f22', 2],
  ['\uac00', 2],
  ['\u{1f600}', 2],
  ['\u{1f469}\u200d\u{1f469}\u200d\u{1f467}', 2],
  ['\u{1f44d}\u{1f3fd}', 2],
  ['\u{1f1e9}\u{1f1ea}', 2],
  ['\u2764\ufe0f', 2],
  ['\uff21', 2],
  ['\u0440', 1],
];

/** Columns of a text made of such pieces. */
function columnsOf(text: string): number {
  const longestFirst = [...pieces].sort(([a], [b]) => b.length - a.length);
  let columns = 0;
  let rest = text;
  while (rest !== '') {
    const piece = longestFirst.find(([start]) => rest.startsWith(start));
    if (piece === undefined) throw new Error(`no piece begins ${JSON.stringify(rest)}`);
    columns += piece[1];
    rest = rest.slice(piece[0].length);
  }
  return columns;
}

const words = fc
  .array(fc.constantFrom(...pieces), { maxLength: 30 })
  // Two flags in a row are one run of regional indicators: the pieces would no longer be the characters.
  .map((list) => list.map(([text]) => text).join(''))
  .filter((text) => !/\p{Regional_Indicator}{3}/u.test(text));

describe('the underline', () => {
  it('stands exactly under the range, whatever stands before and in it', () => {
    fc.assert(
      fc.property(words, words, words, (before, inside, after) => {
        const source = new SourceFile('a.yaml', `x\n${before}<${inside}>${after}\n`);
        const text = renderPretty([finding({ message: 'm', range: rangeOf(source, `<${inside}>`) })], plain);
        const rows = text.split('\n');
        const at = rows.findIndex((row) => row.startsWith('2 | '));
        const line = rows[at]?.slice(4) ?? '';
        const underline = rows[at + 1]?.slice(4) ?? '';
        const start = line.indexOf('<');
        expect(start).toBeGreaterThanOrEqual(0);
        expect(underline.indexOf('^')).toBe(columnsOf(line.slice(0, start).replace(/^\u2026/, ' ')));
        const width = columnsOf(inside) + 2;
        if (!line.includes('\u2026')) expect(underline.trimStart()).toBe('^'.repeat(width));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('counts a tab to the next stop', () => {
    for (const [before, column] of [
      ['\t', 4],
      ['ab\t', 4],
      ['abcd\t', 8],
      ['\u6f22\t\t', 8],
    ] as const) {
      const source = new SourceFile('a.yaml', `${before}here\n`);
      const text = renderPretty([finding({ message: 'm', range: rangeOf(source, 'here') })], plain);
      const rows = text.split('\n');
      expect(rows[3]?.slice(4).indexOf('here')).toBe(before.startsWith('\u6f22') ? column - 1 : column);
      expect(rows[4]).toBe(`  | ${' '.repeat(column)}^^^^`);
    }
  });

  it('stays in sight on a line of any length, and the line within a hundred columns', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(5000), fc.integer({ min: 1, max: 200 }), (before, after, length) => {
        const target = '!'.repeat(length);
        const source = new SourceFile('a.yaml', `${'b'.repeat(before)}${target}${'a'.repeat(after)}\n`);
        const rows = renderPretty([finding({ message: 'm', range: rangeOf(source, target) })], plain).split(
          '\n',
        );
        const line = rows[3]?.slice(4) ?? '';
        const underline = rows[4]?.slice(4) ?? '';
        expect(line.length).toBeLessThanOrEqual(100);
        expect(underline.indexOf('^')).toBe(line.indexOf('!'));
        expect(underline.trimStart().length).toBe(line.replaceAll(/[^!]/g, '').length);
        if (before + length + after > 100) expect(line).toContain('\u2026');
        else expect(line).not.toContain('\u2026');
      }),
      { numRuns: runs(500) },
    );
  });

  it('is found in a line of megabytes', () => {
    const source = new SourceFile('a.yaml', `${'x'.repeat(4_000_000)}here${'\u6f22'.repeat(2_000_000)}`);
    const text = renderPretty([finding({ message: 'm', range: rangeOf(source, 'here') })], plain);
    const [, , , line = '', underline = ''] = text.split('\n');
    expect(underline.indexOf('^')).toBe(line.indexOf('here'));
    expect(text.length).toBeLessThan(500);
  });
});
