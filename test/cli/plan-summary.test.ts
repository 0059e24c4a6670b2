import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedLines } from '../../src/cli/plan/summary.js';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', ''))
  .map((lines) => lines.map((line) => `${line}\n`).join(''));

it('counts lines that come and go', () => {
  expect(changedLines('', 'a\nb\n')).toEqual({ added: 2, removed: 0 });
  expect(changedLines('a\nb\nc\n', 'a\nx\nc\n')).toEqual({ added: 1, removed: 1 });
  expect(changedLines('a\na\n', 'a\n')).toEqual({ added: 0, removed: 1 });
  expect(changedLines('a\nb\n', 'b\na\n')).toEqual({ added: 0, removed: 0 });
});

it('agrees with the number of lines, and turned round with itself', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { added, removed } = changedLines(before, after);
      expect(added - removed).toBe(after.split('\n').length - before.split('\n').length);
      expect(changedLines(after, before)).toEqual({ added: removed, removed: added });
    }),
  );
});
