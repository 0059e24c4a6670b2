import { expect, test } from 'vitest';
import {
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
  counter,
  closedLabel,
} from '../../src/runtime/index.js';
import { familyOf, rowsOf, valuesOf } from './family.js';

const queue = openLabel({ key: 'handles.queue', cap: 2 });

test('count from 0 after their row was removed, and write into no other', () => {
  const tasks = labelledCounter({ name: 'handles_tasks_total', help: 'Tasks.', labels: { queue } });
  const [a, again, b] = [tasks.with({ queue: 'a' }), tasks.with({ queue: 'a' }), tasks.with({ queue: 'b' })];
  a.inc(3);
  again.inc(4);
  b.inc(1);
  tasks.remove({ queue: 'a' });
  expect(valuesOf('handles_tasks_total')).toEqual({ b: 1 });
  again.inc(5);
  a.inc(6);
  expect(valuesOf('handles_tasks_total')).toEqual({ a: 11, b: 1 });
});

test('work on after a reset, which takes all rows but those that are known beforehand', () => {
  const outcome = closedLabel({ key: 'handles.outcome', values: ['ok', 'failed'] });
  const runs = labelledHistogram({
    name: 'handles_seconds',
    help: 'Runs.',
    labels: { outcome },
    buckets: [1, 2],
    initialised: true,
  });
  const depth = labelledGauge({ name: 'handles_depth', help: 'Depth.', labels: { queue } });
  const pages = counter({ name: 'handles_pages_total', help: 'Pages.' });
  const ok = runs.with({ outcome: 'ok' });
  const a = depth.with({ queue: 'a' });
  ok.observe(1.5);
  a.set(-4);
  pages.inc(7);
  for (const name of ['handles_seconds', 'handles_depth', 'handles_pages_total']) familyOf(name).reset();
  const zero = [0, 0, 0, 0];
  expect(rowsOf('handles_seconds')).toEqual(
    new Map([
      ['ok', zero],
      ['failed', zero],
    ]),
  );
  expect(valuesOf('handles_depth')).toEqual({});
  expect(valuesOf('handles_pages_total')).toEqual({ '': 0 });
  ok.observe(0.5);
  a.inc(2);
  pages.inc(1);
  expect(rowsOf('handles_seconds').get('ok')).toEqual([1, 0, 0, 0.5]);
  expect(valuesOf('handles_depth')).toEqual({ a: 2 });
  expect(valuesOf('handles_pages_total')).toEqual({ '': 1 });
});

test('keep writing where their row is while the metric grows', () => {
  const many = openLabel({ key: 'handles.many', cap: 5000 });
  const tasks = labelledCounter({ name: 'handles_many_total', help: 'Many.', labels: { many } });
  const handles = Array.from({ length: 3000 }, (_, index) => tasks.with({ many: `m${String(index)}` }));
  for (const handle of handles) {
    handle.inc();
    handles[0]?.inc();
  }
  const rows = rowsOf('handles_many_total');
  expect(rows.size).toBe(3000);
  expect(rows.get('m0')).toEqual([3001]);
  expect([...rows.values()].filter(([value]) => value === 1)).toHaveLength(2999);
});
