import { describe, expect, it } from 'vitest';
import { queryCursor } from '../../src/language-server/promql/cursor.js';

describe('what is being written in a query', () => {
  it.each([
    ['', { at: 'expression', word: '' }],
    ['sum(ra', { at: 'expression', word: 'ra' }],
    ['sum(rate(x_total{', { at: 'label', word: '', metric: 'x_total', used: [] }],
    ['x_total{outcome="ok", ag', { at: 'label', word: 'ag', metric: 'x_total', used: ['outcome'] }],
    ['{job="a",', { at: 'label', word: '', metric: undefined, used: ['job'] }],
    ['x{outcome="', { at: 'value', word: '', metric: 'x', label: 'outcome', operator: '=', quote: '"' }],
    [
      'x{outcome=~"ok|fa',
      { at: 'value', word: 'ok|fa', metric: 'x', label: 'outcome', operator: '=~', quote: '"' },
    ],
    ['sum by (a, ', { at: 'grouping', word: '', used: ['a'] }],
    ['a / on (', { at: 'grouping', word: '', used: [] }],
    ['a / on (x) group_left (y', { at: 'grouping', word: 'y', used: [] }],
    ['rate(x[', { at: 'duration', word: '' }],
    ['rate(x[$wi', { at: 'duration', word: '$wi' }],
    ['rate(x[5m]) > 0 and ', { at: 'expression', word: '' }],
    ['# all\nsu', { at: 'expression', word: 'su' }],
  ])('%s', (before, expected) => {
    expect(queryCursor(before)).toEqual(expected);
  });

  it.each(['label_replace(x, "a', 'x # comm', 'x > 1', 'x{a="b"'])('is nothing to choose in %s', (before) => {
    expect(queryCursor(before)).toBeUndefined();
  });
});
