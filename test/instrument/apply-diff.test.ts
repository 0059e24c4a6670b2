import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { painter } from '../../src/diagnostics/render/style.js';
import { changesOf, linesOf } from '../../src/instrument/apply/lines.js';
import { hunksOf, shownDiff, unifiedDiff } from '../../src/instrument/apply/unified-diff.js';
import { runs } from '../support/long.js';
import { pace } from '../support/pace.js';

function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-diff-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  return folder;
}

/** What `git apply` makes of a file by the printed diff. */
function applied(folder: string, path: string, before: string, after: string): string {
  const target = join(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, before);
  const input = unifiedDiff(path, hunksOf(before, after));
  if (input !== '') execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input });
  return readFileSync(target, 'utf8');
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index}\n`);

describe('a unified diff', () => {
  it('reads as `diff -u` does', () => {
    const before = numbered(12).join('');
    const after = before.replace('line 5\n', 'line five\nline 5b\n');
    expect(unifiedDiff('src/a.ts', hunksOf(before, after))).toBe(
      [
        'diff --git a/src/a.ts b/src/a.ts',
        '--- a/src/a.ts',
        '+++ b/src/a.ts',
        '@@ -3,7 +3,8 @@',
        ' line 2',
        ' line 3',
        ' line 4',
        '-line 5',
        '+line five',
        '+line 5b',
        ' line 6',
        ' line 7',
        ' line 8',
        '',
      ].join('\n'),
    );
  });

  it('joins changes that are near to each other and no others', () => {
    const before = numbered(40);
    const change = (...places: number[]): string =>
      before.map((line, index) => (places.includes(index) ? `new ${index}\n` : line)).join('');
    expect(hunksOf(before.join(''), change(5, 12))).toHaveLength(1);
    expect(hunksOf(before.join(''), change(5, 13))).toHaveLength(2);
  });

  it('keeps a method whole where its lines are like those of its neighbour', () => {
    const method = (name: string): string => `  ${name}() {\n    return 1;\n  }\n\n`;
    const before = `class A {\n${method('a')}${method('c')}}\n`;
    const after = `class A {\n${method('a')}${method('b')}${method('c')}}\n`;
    const added = hunksOf(before, after).flatMap((each) => each.lines.filter((line) => line.startsWith('+')));
    expect(added).toHaveLength(4);
    expect(
      hunksOf(before, after).flatMap((each) => each.lines.filter((line) => line.startsWith('-'))),
    ).toEqual([]);
  });

  it.each([
    ['', 'a\n'],
    ['a\n', ''],
    ['a', 'a\n'],
    ['a\n', 'a'],
    ['a\r\nb\r\nc\r\n', 'a\r\nx\r\nb\r\nc\r\n'],
    ['\uFEFFa\nb\n', '\uFEFFimport x\na\nb\n'],
    ['a\rb\n', 'a\rb\nc'],
    ['\ta\n', '\ta\n\tb\n'],
  ])('is what git applies: %j to %j', (before, after) => {
    expect(applied(repository(), 'a.ts', before, after)).toBe(after);
  });

  it.each(['a b.ts', 'ä/b"c.ts', 'tab\tname.ts', 'back\\slash.ts', '[id]/$x.ts'])(
    'names a file as git does: %j',
    (path) => {
      expect(applied(repository(), path, 'a\nb\n', 'a\nx\nb\n')).toBe('a\nx\nb\n');
    },
  );

  it('gives any text back, by git', () => {
    const folder = repository();
    const line = fc.constantFrom('a\n', 'b\n', 'c\n', '  }\n', '\n', 'd\r\n');
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('', 'end'))
      .map(([lines, end]) => lines.join('') + end);
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect(applied(folder, 'a.ts', before, after)).toBe(after);
      }),
      { numRuns: 60 },
    );
  });

  it('changes what differs and nothing else, for any lines', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', 'd\n', 'e\n'), { maxLength: 60 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rebuilt: string[] = [];
        let at = 0;
        for (const { from, to, newFrom, newTo } of changesOf(before, after)) {
          expect(from > at || at === 0).toBe(true);
          rebuilt.push(...before.slice(at, from), ...after.slice(newFrom, newTo));
          at = to;
        }
        rebuilt.push(...before.slice(at));
        expect(rebuilt).toEqual(after);
      }),
      { numRuns: runs(3000) },
    );
  });

  it('takes no quadratic time where everything differs', () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `${index % 7}\n`).join('');
    const after = Array.from({ length: 20_000 }, (_, index) => `${index % 5}\n`).join('');
    const started = performance.now();
    hunksOf(before, after);
    expect(performance.now() - started).toBeLessThan(2000 * pace());
  });

  it('shows a terminal no escape sequence of the file', () => {
    const shown = shownDiff('a.ts', hunksOf('\u001b[31m\n', '\tx\u202e\r\n'), painter(false));
    expect(shown).not.toContain('\u001b');
    expect(shown).not.toContain('\u202e');
    expect(shown).toContain('+\tx');
    expect(shownDiff('a.ts', hunksOf('a\n', 'b\n'), painter(true))).toContain('\u001b[32m+b\u001b[0m');
  });

  it('splits lines as git does', () => {
    expect(linesOf('a\r\nb\rc\n\nd')).toEqual(['a\r\n', 'b\rc\n', '\n', 'd']);
    expect(linesOf('')).toEqual([]);
  });
});
