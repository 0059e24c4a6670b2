import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortDiagnostics } from '../../src/diagnostics/sort.js';
import { SourceFile } from '../../src/diagnostics/source-file.js';
import { finding } from './sample.js';

const a = new SourceFile('a.yaml', 'x'.repeat(100));
const b = new SourceFile('b.yaml', 'x'.repeat(100));
const at = (source: SourceFile, start: number, code: 'OBS2001' | 'OBS3001' = 'OBS2001') =>
  finding({ code, message: 'm', range: { source, start, end: start + 1 } });

it('orders by file, place and code; what has no place comes first', () => {
  const inOrder = [finding({ message: 'm' }), at(a, 1), at(a, 1, 'OBS3001'), at(a, 10), at(b, 0)];
  expect(sortDiagnostics([...inOrder].reverse())).toEqual(inOrder);
});

it('keeps one of those that say the same of the same place', () => {
  expect(sortDiagnostics([at(a, 1), at(a, 1), at(b, 1), at(a, 1)])).toEqual([at(a, 1), at(b, 1)]);
  const messages = [finding({ message: 'one' }), finding({ message: 'two' })];
  expect(sortDiagnostics(messages)).toHaveLength(2);
});

it('does not depend on the order of its argument, nor change it', () => {
  const any = fc.array(
    fc.record({
      source: fc.constantFrom(a, b),
      start: fc.nat(20),
      message: fc.constantFrom('m', 'n'),
      code: fc.constantFrom('OBS2001' as const, 'OBS3001' as const),
    }),
  );
  fc.assert(
    fc.property(any, fc.infiniteStream(fc.nat()), (parts, keys) => {
      const list = parts.map(({ source, start, ...rest }) =>
        finding({ ...rest, range: { source, start, end: start + 2 } }),
      );
      const before = [...list];
      const shuffled = list
        .map((each) => ({ each, key: keys.next().value as number }))
        .sort((one, other) => one.key - other.key)
        .map(({ each }) => each);
      expect(sortDiagnostics(shuffled)).toEqual(sortDiagnostics(list));
      expect(list).toEqual(before);
    }),
  );
});
