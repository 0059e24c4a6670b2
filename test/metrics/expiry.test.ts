import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  closedLabel,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
  registeredLabel,
} from '../../src/runtime/index.js';
import { familyOf, rowsOf, valuesOf } from './family.js';

let seconds = 1000;

beforeEach(() => {
  vi.spyOn(performance, 'now').mockImplementation(() => seconds * 1000);
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** Reads metrics as a scrape does, after so many seconds. */
function readAfter(wait: number, ...names: string[]): void {
  seconds += wait;
  for (const name of names) familyOf(name).refresh();
}

test('frees a row that had no update for as long as the spec says, counted from the reading that saw the last one', () => {
  const queue = openLabel({ key: 'expiry.queue', cap: 3 });
  const name = 'expiry_tasks_total';
  const tasks = labelledCounter({ name, help: 'Tasks.', labels: { queue }, expireAfterSeconds: 60 });
  tasks.inc({ queue: 'a' });
  tasks.inc({ queue: 'b' }, 5);
  readAfter(0, name);
  const { generation } = familyOf(name);
  readAfter(59, name);
  tasks.inc({ queue: 'b' }, 0);
  expect(familyOf(name).generation).toBe(generation);
  readAfter(1, name);
  expect(valuesOf(name)).toEqual({ b: 5 });
  expect(familyOf(name).generation).not.toBe(generation);
  readAfter(59, name);
  expect(valuesOf(name)).toEqual({ b: 5 });
  readAfter(1, name);
  expect(valuesOf(name)).toEqual({});
  expect(queue.values).toEqual([]);
  tasks.inc({ queue: 'b' });
  expect(valuesOf(name)).toEqual({ b: 1 });
});

test('remembers when rows were seen while the metric grows', () => {
  const queue = openLabel({ key: 'expiry.growing', cap: 100 });
  const name = 'expiry_growing_total';
  const tasks = labelledCounter({ name, help: 'Tasks.', labels: { queue }, expireAfterSeconds: 60 });
  tasks.inc({ queue: 'a' });
  readAfter(0, name);
  for (let index = 0; index < 99; index += 1) tasks.inc({ queue: `q${String(index)}` });
  readAfter(1, name);
  expect(valuesOf(name)).toMatchObject({ a: 1, q98: 1 });
  readAfter(59, name);
  expect(valuesOf(name)).not.toHaveProperty('a');
  expect(valuesOf(name)).toHaveProperty('q98');
});

test('gives a place under the cap back when no metric shows the value any more', () => {
  const queue = openLabel({ key: 'expiry.shared', cap: 3 });
  const [short, long, never] = ['expiry_short', 'expiry_long_total', 'expiry_never_total'] as const;
  const depth = labelledGauge({ name: short, help: 'Short.', labels: { queue }, expireAfterSeconds: 10 });
  const tasks = labelledCounter({ name: long, help: 'Long.', labels: { queue }, expireAfterSeconds: 1000 });
  const kept = labelledCounter({ name: never, help: 'Never.', labels: { queue } });
  for (const value of ['a', 'b', 'c']) depth.set({ queue: value }, 1);
  kept.inc({ queue: 'b' });
  tasks.inc({ queue: 'c' });
  readAfter(0, short, long, never);
  readAfter(10, short, long, never);
  expect(valuesOf(short)).toEqual({});
  expect(queue.values).toEqual(['b', 'c']);
  kept.inc({ queue: 'd' });
  kept.inc({ queue: 'e' });
  expect(valuesOf(never)).toEqual({ b: 1, d: 1, __other__: 1 });
  readAfter(1000, short, long, never);
  expect(valuesOf(long)).toEqual({});
  expect(queue.values).toEqual(['d', 'b']);
  depth.set({ queue: 'e' }, 7);
  expect(valuesOf(short)).toEqual({ e: 7 });
  expect(valuesOf(never)).toEqual({ b: 1, d: 1, __other__: 1 });
});

test.each([
  ['dense', 4],
  ['sparse', 9000],
])('handles never write into a row that belongs to others by now: %s', (kind, size) => {
  const queue = openLabel({ key: `expiry.${kind}.queue`, cap: 2 });
  const step = closedLabel({
    key: `expiry.${kind}.step`,
    values: Array.from({ length: size }, (_, i) => `s${String(i)}`),
  });
  const name = `expiry_${kind}_seconds`;
  const time = labelledHistogram({
    name,
    help: 'Time.',
    labels: { queue, step },
    buckets: [1],
    expireAfterSeconds: 10,
  });
  const a = time.with({ queue: 'a', step: 's1' });
  const b = time.with({ queue: 'b', step: 's2' });
  a.observe(0.5);
  b.observe(0.5);
  readAfter(0, name);
  b.observe(0.5);
  readAfter(10, name);
  // Takes the ordinal and the memory that `a` had.
  time.observe({ queue: 'c', step: 's1' }, 4);
  b.observe(0.5);
  a.observe(2);
  expect(rowsOf(name)).toEqual(
    new Map([
      ['c,s1', [0, 1, 4]],
      ['b,s2', [3, 0, 1.5]],
      ['__other__,s1', [0, 1, 2]],
    ]),
  );
  readAfter(0, name);
  b.observe(0.5);
  a.observe(2);
  readAfter(10, name);
  // `c` is gone, so that there is room for `a` again: its handle leaves __other__.
  a.observe(0.25);
  expect(rowsOf(name)).toEqual(
    new Map([
      ['b,s2', [4, 0, 2]],
      ['__other__,s1', [0, 2, 4]],
      ['a,s1', [1, 0, 0.25]],
    ]),
  );
});

test('a handle of a metric that keeps its rows follows a value that another metric gave back', () => {
  const queue = openLabel({ key: 'expiry.lent', cap: 1 });
  const [short, kept] = ['expiry_lent', 'expiry_lent_total'] as const;
  const depth = labelledGauge({ name: short, help: 'Short.', labels: { queue }, expireAfterSeconds: 10 });
  const tasks = labelledCounter({ name: kept, help: 'Kept.', labels: { queue } });
  const a = tasks.with({ queue: 'a' });
  a.inc();
  tasks.remove({ queue: 'a' });
  depth.set({ queue: 'a' }, 1);
  readAfter(0, short, kept);
  readAfter(10, short, kept);
  tasks.inc({ queue: 'b' });
  a.inc(5);
  expect(valuesOf(kept)).toEqual({ b: 1, __other__: 5 });
});

test('rows that the program removed give their values back as well, unless they came back', () => {
  const queue = openLabel({ key: 'expiry.removed', cap: 2 });
  const name = 'expiry_removed';
  const depth = labelledGauge({ name, help: 'Depth.', labels: { queue }, expireAfterSeconds: 60 });
  const a = depth.with({ queue: 'a' });
  a.set(1);
  depth.set({ queue: 'b' }, 2);
  depth.remove({ queue: 'a' });
  depth.remove({ queue: 'b' });
  a.set(3);
  readAfter(0, name);
  expect(queue.values).toEqual(['a']);
  depth.set({ queue: 'c' }, 4);
  a.inc();
  expect(valuesOf(name)).toEqual({ a: 4, c: 4 });
  familyOf(name).reset();
  readAfter(0, name);
  expect(queue.values).toEqual([]);
});

test('keeps names that were registered, and starts their rows at 0 again', () => {
  const tool = registeredLabel({ key: 'expiry.tool', cap: 2 });
  const name = 'expiry_calls_total';
  const calls = labelledCounter({ name, help: 'Calls.', labels: { tool }, expireAfterSeconds: 10 });
  tool.register(['search', 'fetch']);
  calls.inc({ tool: 'search' }, 9);
  readAfter(0, name);
  readAfter(10, name);
  expect(valuesOf(name)).toEqual({});
  expect(tool.values).toEqual(['search', 'fetch']);
  calls.inc({ tool: 'fetch' });
  calls.inc({ tool: 'search' });
  expect(valuesOf(name)).toEqual({ fetch: 1, search: 1 });
});

test('a reader of all rows that failed for long removes no row that has got other labels', () => {
  const queue = openLabel({ key: 'expiry.read', cap: 5 });
  const name = 'expiry_read';
  const depth = labelledGauge({ name, help: 'Depth.', labels: { queue }, expireAfterSeconds: 10 });
  let rows: readonly (readonly [{ queue: string }, number])[] | undefined = [[{ queue: 'a' }, 1]];
  depth.observe(() => {
    if (rows === undefined) throw new Error('no');
    return rows;
  });
  readAfter(0, name);
  rows = undefined;
  readAfter(10, name);
  readAfter(10, name);
  expect(valuesOf(name)).toEqual({});
  depth.set({ queue: 'b' }, 2);
  rows = [[{ queue: 'c' }, 3]];
  readAfter(0, name);
  expect(valuesOf(name)).toEqual({ b: 2, c: 3 });
});

test('the rows of a sparse metric are freed for new label sets, so that it does not grow', () => {
  const labels = { a: openLabel({ key: 'expiry.a', cap: 20 }), b: openLabel({ key: 'expiry.b', cap: 20 }) };
  const name = 'expiry_pairs_total';
  const pairs = labelledCounter({ name, help: 'Pairs.', labels, expireAfterSeconds: 10 });
  for (let round = 0; round < 50; round += 1) {
    for (let index = 0; index < 20; index += 1) {
      pairs.inc(
        { a: `${String(round)}a${String(index)}`, b: `${String(round)}b${String(19 - index)}` },
        index,
      );
      pairs.remove({ a: `${String(round)}a${String(index)}`, b: `${String(round)}b${String(index)}` });
    }
    expect(valuesOf(name)).toEqual(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `${String(round)}a${String(i)},${String(round)}b${String(19 - i)}`,
          i,
        ]),
      ),
    );
    readAfter(0, name);
    readAfter(10, name);
  }
  expect(familyOf(name).rowCount).toBe(20);
});

test('frees as many rows as there can be at once', () => {
  const session = openLabel({ key: 'expiry.session', cap: 40_000 });
  const name = 'expiry_sessions_total';
  const sessions = labelledCounter({ name, help: 'Sessions.', labels: { session }, expireAfterSeconds: 10 });
  for (let index = 0; index < 40_000; index += 1) sessions.inc({ session: `s${String(index)}` });
  readAfter(0, name);
  readAfter(10, name);
  expect(session.values).toEqual([]);
  expect(rowsOf(name).size).toBe(0);
});
