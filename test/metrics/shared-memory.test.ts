import { expect, test } from 'vitest';
import { gauge, labelledCounter, labelledHistogram, openLabel } from '../../src/runtime/index.js';
import { onRelocation, shareMemory } from '../../src/runtime/metrics/memory.js';
import { familyOf, rowsOf, valuesOf } from './family.js';

// Memory stays shared from the first call on, so what happens is told in one test.
test('shareMemory moves all metrics with their values, now and whenever they grow', () => {
  const queue = openLabel({ key: 'memory.queue', cap: 1000 });
  const tasks = labelledCounter({ name: 'memory_tasks_total', help: 'Tasks.', labels: { queue } });
  const time = labelledHistogram({
    name: 'memory_seconds',
    help: 'Time.',
    labels: { queue },
    buckets: [1, 2],
  });
  const unused = labelledCounter({ name: 'memory_unused_total', help: 'Unused.', labels: { queue } });
  const a = tasks.with({ queue: 'a' });
  a.inc(3);
  time.observe({ queue: 'a' }, 1.5);
  const family = familyOf('memory_tasks_total');
  const { cells: before, generation } = family;
  expect(before.buffer).toBeInstanceOf(ArrayBuffer);

  const moved: unknown[] = [];
  const stop = onRelocation((each) => {
    moved.push(each);
  });
  shareMemory();
  expect(new Set(moved).size).toBe(moved.length);
  expect(moved).toContain(family);
  expect(moved).toContain(familyOf('memory_seconds'));
  expect(moved).not.toContain(familyOf('memory_unused_total'));
  expect(family.cells.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(family.state.buffer).toBe(family.cells.buffer);
  expect(family.generation).toBe(generation);
  expect(valuesOf('memory_tasks_total')).toEqual({ a: 3 });
  expect(rowsOf('memory_seconds')).toEqual(new Map([['a', [0, 1, 0, 1.5]]]));

  // A handle that found its row before writes into the new memory, and nothing into the old.
  a.inc(4);
  time.observe({ queue: 'b' }, 9);
  expect(valuesOf('memory_tasks_total')).toEqual({ a: 7 });
  expect([...before]).not.toContain(7);
  expect(rowsOf('memory_seconds').get('b')).toEqual([0, 0, 1, 9]);

  moved.length = 0;
  for (let index = 0; index < 500; index += 1) tasks.inc({ queue: `q${String(index)}` }, index);
  expect(moved).toContain(family);
  expect(family.cells.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(valuesOf('memory_tasks_total')).toMatchObject({ a: 7, q0: 0, q499: 499 });

  moved.length = 0;
  shareMemory();
  expect(moved).toEqual([]);
  unused.inc({ queue: 'a' });
  expect(moved).toEqual([familyOf('memory_unused_total')]);
  stop();
  gauge({ name: 'memory_late', help: 'Late.' }).set(5);
  expect(moved).toHaveLength(1);
  expect(familyOf('memory_late').cells.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(valuesOf('memory_late')).toEqual({ '': 5 });
});
