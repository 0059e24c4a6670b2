import { describe, expect, it } from 'vitest';
import { cursorAt } from '../../src/language-server/yaml-cursor.js';
import { unmarked } from './marked.js';

function at(marked: string): string | undefined {
  const { text, offset } = unmarked(marked);
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return undefined;
  return `${cursor.at} ${cursor.path.join('/')} "${text.slice(cursor.start, offset)}"`;
}

describe('where the cursor stands', () => {
  it.each([
    ['an empty file', '‸', 'key  ""'],
    ['a key at the top', 'version: 1\nser‸', 'key  "ser"'],
    ['a value', 'version: 1‸', 'value version "1"'],
    ['a value that is to come', 'service:\n  name: ‸', 'value service/name ""'],
    ['an empty line below a key', 'metrics:\n  x_total:\n    ‸', 'key metrics/x_total ""'],
    ['an empty line one level up', 'metrics:\n  x_total:\n    type: counter\n  ‸', 'key metrics ""'],
    ['a key of an entry', 'metrics:\n  x_total:\n    type: counter\n    la‸', 'key metrics/x_total "la"'],
    ['an item of a list', 'presets:\n  - agent\n  - ht‸', 'value presets/1 "ht"'],
    ['an item in line with its key', 'presets:\n- agent\n- ‸', 'value presets/1 ""'],
    ['a key of an item', 'suppress:\n  - code: OBS3110\n    at: al‸', 'value suppress/0/at "al"'],
    ['the second key of an item', 'suppress:\n  - code: OBS3110\n    re‸', 'key suppress/0 "re"'],
    ['braces', 'metrics:\n  x: { type: counter, he‸ }', 'key metrics/x "he"'],
    ['a value in braces', 'metrics:\n  x: { type: co‸ }', 'value metrics/x/type "co"'],
    ['brackets in braces', 'metrics:\n  x: { labels: [a, b‸', 'value metrics/x/labels/1 "b"'],
    ['braces over lines', 'metrics:\n  x: {\n    type: counter,\n    he‸', 'key metrics/x "he"'],
    ['a quoted text', "alerts:\n  A:\n    expr: 'sum(x‸')", 'value alerts/A/expr "sum(x"'],
    ['a quote that is open', 'alerts:\n  A:\n    expr: "sum(x‸\n    for: 5m', 'value alerts/A/expr "sum(x"'],
    [
      'a block',
      'alerts:\n  A:\n    expr: |\n      sum(\n        x‸\n',
      'value alerts/A/expr "      sum(\n        x"',
    ],
    ['behind a block', 'alerts:\n  A:\n    expr: |\n      sum(x)\n    fo‸', 'key alerts/A "fo"'],
    ['an unquoted query', 'alerts:\n  A: { expr: sum(rate(x{a‸', 'value alerts/A/expr "sum(rate(x{a"'],
    [
      'behind braces that are never closed',
      'metrics:\n  x: { type: counter\n  y:\n    he‸',
      'key metrics/y "he"',
    ],
    ['a quoted key', 'metrics:\n  "x y": { type: c‸', 'value metrics/x y/type "c"'],
  ])('%s', (_, text, expected) => {
    expect(at(text)).toBe(expected);
  });

  it('is nowhere in a comment', () => {
    expect(at('version: 1 # so‸')).toBeUndefined();
    expect(at('# who‸\nversion: 1')).toBeUndefined();
  });
});
