import { expect, test } from 'vitest';
import { closedLabel, labelledCounter, labelledHistogram, openLabel } from '../../src/runtime/index.js';
import { familyOf, rowsOf } from './family.js';

const names = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index)}`);

test('50,000 pairs of two open labels are 50,000 series, each with its own count', () => {
  const left = openLabel({ key: 'many.left', cap: 250 });
  const right = openLabel({ key: 'many.right', cap: 200 });
  const pairs = labelledCounter({ name: 'many_pairs_total', help: 'Pairs.', labels: { left, right } });
  const expected = new Map<string, readonly number[]>();
  // Twice, the second time in another order: the first makes the rows, the second finds them.
  names('l', 250).forEach((l, i) => {
    names('r', 200).forEach((r, j) => {
      pairs.inc({ left: l, right: r }, 1 + i * 200 + j);
      expected.set(`${l},${r}`, [2 * (1 + i * 200 + j)]);
    });
  });
  names('r', 200).forEach((r, j) => {
    names('l', 250).forEach((l, i) => {
      pairs.inc({ left: l, right: r }, 1 + i * 200 + j);
    });
  });
  expect(rowsOf('many_pairs_total').size).toBe(50_000);
  expect(rowsOf('many_pairs_total')).toEqual(expected);
});

test('five labels, of which three are open, count right', () => {
  const labels = {
    a: openLabel({ key: 'many.a', cap: 7 }),
    b: closedLabel({ key: 'many.b', values: names('b', 3) }),
    c: openLabel({ key: 'many.c', cap: 11 }),
    d: closedLabel({ key: 'many.d', values: names('d', 5) }),
    e: openLabel({ key: 'many.e', cap: 13 }),
  };
  const seconds = labelledHistogram({
    name: 'many_five_seconds',
    help: 'Five.',
    labels,
    buckets: [1, 100, 7000],
  });
  const expected = new Map<string, number[]>();
  for (let index = 0; index < 15_015; index += 1) {
    const set = [index % 7, index % 3, index % 11, index % 5, index % 13];
    const [a, b, c, d, e] = set.map((ordinal, place) => `${'abcde'[place] ?? ''}${String(ordinal)}`) as [
      string,
      string,
      string,
      string,
      string,
    ];
    seconds.observe({ a, b, c, d, e }, index);
    const bucket = index <= 1 ? 0 : index <= 100 ? 1 : index <= 7000 ? 2 : 3;
    expected.set([a, b, c, d, e].join(), [0, 1, 2, 3].map((each) => Number(each === bucket)).concat(index));
  }
  expect(expected.size).toBe(15_015);
  expect(rowsOf('many_five_seconds')).toEqual(expected);
});

test('closed labels with more combinations than memory is made for at once count right', () => {
  const x = closedLabel({ key: 'many.x', values: names('x', 120) });
  const y = closedLabel({ key: 'many.y', values: names('y', 90) });
  const sparse = labelledCounter({ name: 'many_sparse_total', help: 'Sparse.', labels: { x, y } });
  sparse.inc({ x: 'x119', y: 'y89' }, 3);
  sparse.inc({ x: 'x0', y: 'y0' });
  sparse.inc({ x: 'x119', y: 'y0' });
  sparse.inc({ x: 'x119', y: 'y89' }, 4);
  expect(familyOf('many_sparse_total').rowCount).toBe(3);
  for (const xValue of x.values) for (const yValue of y.values) sparse.inc({ x: xValue, y: yValue });
  const rows = rowsOf('many_sparse_total');
  expect(rows.size).toBe(10_800);
  expect([rows.get('x119,y89'), rows.get('x0,y0'), rows.get('x119,y0'), rows.get('x0,y1')]).toEqual([
    [8],
    [2],
    [2],
    [1],
  ]);
});

test('a metric that carries one label twice has one number for each value', () => {
  const node = openLabel({ key: 'many.node', cap: 10 });
  const hops = labelledCounter({ name: 'many_hops_total', help: 'Hops.', labels: { from: node, to: node } });
  hops.inc({ from: 'x', to: 'x' });
  hops.inc({ from: 'x', to: 'x' });
  hops.inc({ from: 'y\n', to: 'y' });
  hops.inc({ from: 'y', to: 'x' });
  expect(rowsOf('many_hops_total')).toEqual(
    new Map([
      ['x,x', [2]],
      ['y,y', [1]],
      ['y,x', [1]],
    ]),
  );
  expect(node.values).toEqual(['x', 'y']);
});
