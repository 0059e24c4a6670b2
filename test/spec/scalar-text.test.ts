import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document, Scalar, parse } from 'yaml';
import type { Text } from '../../src/diagnostics/text.js';
import { locate } from '../../src/spec/located.js';
import { parseFile } from '../../src/spec/yaml/parse.js';
import { sourceOf } from './support.js';

function textOf(yaml: string, ...path: string[]): Text | undefined {
  const { value } = parseFile(sourceOf(yaml));
  const node = value === undefined ? undefined : locate(value.root, path);
  return node?.kind === 'scalar' ? node.text : undefined;
}

/** What a piece of the source of a scalar stands for. */
function meaning(piece: string): string {
  if (piece === "''") return "'";
  if (piece.startsWith('\\')) return parse(`"${piece}"`) as string;
  return piece;
}

/** Whether the source that a character points to is the source of that character. */
function isSourceOf(text: Text, at: number): boolean {
  const range = text.slice(at, at + 1);
  const piece = range.source.text.slice(range.start, range.end);
  const character = text.value[at] ?? '';
  if (piece === character || meaning(piece).includes(character)) return true;
  // A fold: a line break stands for a space, or one of several for itself.
  return (character === ' ' || character === '\n') && piece === '\n';
}

const alphabet = fc.constantFrom(
  ...Array.from('ab{}[]":\'#,\u00e9\u{1F680} \t\n-\\'),
  ...[' ', 'word ', '\n', '  ', '\n\n', ': ', '%'],
);
const strings = fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join(''));
const styles = [
  Scalar.PLAIN,
  Scalar.QUOTE_SINGLE,
  Scalar.QUOTE_DOUBLE,
  Scalar.BLOCK_LITERAL,
  Scalar.BLOCK_FOLDED,
] as const;

describe('the source of each character of a scalar', () => {
  it.each(styles)('is found in style %s', (type) => {
    let mapped = 0;
    fc.assert(
      fc.property(
        strings,
        fc.constantFrom(0, 12, 20, 80),
        fc.integer({ min: 0, max: 3 }),
        (value, lineWidth, depth) => {
          const scalar = new Scalar(value);
          scalar.type = type;
          let contents: unknown = { k: scalar };
          for (let level = 0; level < depth; level += 1) contents = { m: contents };
          const yaml = new Document(contents).toString({ lineWidth, minContentWidth: 0 });
          const text = textOf(yaml, ...Array.from({ length: depth }, () => 'm'), 'k');
          if (text === undefined || text.value !== value) return; // null, a number, or refused
          const whole = text.range.end - text.range.start;
          let last = text.range.start;
          for (let at = 0; at < value.length; at += 1) {
            const range = text.slice(at, at + 1);
            expect(isSourceOf(text, at), JSON.stringify({ yaml, at })).toBe(true);
            expect(range.start).toBeGreaterThanOrEqual(last);
            last = range.start;
            if (value.length > 1 && whole > 13) expect(range.end - range.start).toBeLessThan(whole);
          }
          mapped += 1;
        },
      ),
      { numRuns: 3000 },
    );
    expect(mapped).toBeGreaterThan(1000);
  });

  it.each([
    [
      '"a\\tb\\u00e9\\U0001F680c"',
      'a\tb\u00e9\u{1F680}c',
      ['a', '\\t', 'b', '\\u00e9', '\\U0001F680', '\\U0001F680', 'c'],
    ],
    ["'it''s'", "it's", ['i', 't', "''", 's']],
    ['"a \\\n  b"', 'a b', ['a', ' ', 'b']],
    ['"a\n\n  b  c"', 'a\nb  c', ['a', '\n', 'b', ' ', ' ', 'c']],
    ['plain\n  text', 'plain text', ['p', 'l', 'a', 'i', 'n', '\n', 't', 'e', 'x', 't']],
  ])('is exact in %s', (source, value, pieces) => {
    const yaml = `k: ${source}\n`;
    const text = textOf(yaml, 'k');
    expect(text?.value).toBe(value);
    const found = pieces
      .map((_, at) => text?.slice(at, at + 1))
      .map((range) => yaml.slice(range?.start, range?.end));
    expect(found).toEqual(pieces);
  });

  it('spans a stretch over escapes and folds', () => {
    const yaml = 'k: "rate(x{a=\\"b\\"}[5m])"\n';
    const text = textOf(yaml, 'k');
    const at = text?.value.indexOf('{a="b"}') ?? -1;
    const range = text?.slice(at, at + '{a="b"}'.length);
    expect(yaml.slice(range?.start, range?.end)).toBe('{a=\\"b\\"}');
  });

  it('is empty between two characters, and the end behind the last', () => {
    const yaml = 'k: abc\n';
    const text = textOf(yaml, 'k');
    expect(text?.slice(1, 1)).toMatchObject({ start: 4, end: 4 });
    expect(text?.slice(3, 3)).toMatchObject({ start: 6, end: 6 });
    expect(text?.slice(0, 99)).toMatchObject({ start: 3, end: 6 });
  });
});
