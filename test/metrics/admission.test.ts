import { describe, expect, test } from 'vitest';
import {
  closedLabel,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import { familyOf, valuesOf } from './family.js';

const outcome = closedLabel({ key: 'admission.outcome', values: ['ok', 'failed'] });
const first = openLabel({ key: 'admission.first', cap: 5 });
const last = openLabel({ key: 'admission.last', cap: 5 });
const labels = { first, outcome, last };
const tasks = labelledCounter({ name: 'admission_total', help: 'Tasks.', labels });
const depth = labelledGauge({ name: 'admission_depth', help: 'Depth.', labels });
const time = labelledHistogram({ name: 'admission_seconds', help: 'Time.', labels, buckets: [1] });
const names = ['admission_total', 'admission_depth', 'admission_seconds'];

const fresh = { first: 'new', outcome: 'ok', last: 'new' } as const;
type Labels = Parameters<typeof tasks.inc>[0];

/** Reads the metrics after updates that cannot be recorded, and stops their readers; none of them may have left anything. */
function expectNothingAdmitted(...stops: (() => void)[]): void {
  for (const name of names) familyOf(name).refresh();
  for (const stop of stops) stop();
  expect([first.values, last.values]).toEqual([[], []]);
  for (const name of names) expect(familyOf(name).rowCount).toBe(0);
}

describe('nothing is admitted under a cap', () => {
  test.each([NaN, Infinity, -Infinity, '1', null, 1n, {}])('by an update of %s', (amount) => {
    const bad = amount as number;
    tasks.inc(fresh, bad);
    tasks.with(fresh).inc(bad);
    depth.set(fresh, bad);
    depth.inc(fresh, bad);
    depth.dec(fresh, bad);
    depth.with(fresh).set(bad);
    time.observe(fresh, bad);
    time.with(fresh).observe(bad);
    expectNothingAdmitted(
      tasks.with(fresh).observe(() => bad),
      depth.observe(fresh, () => bad),
      depth.observe(() => [[fresh, bad]]),
    );
  });

  test('by a negative amount where values only go up', () => {
    tasks.inc(fresh, -1);
    time.observe(fresh, -1);
    expectNothingAdmitted(tasks.with(fresh).observe(() => -1));
  });

  test.each([
    { first: 'new', outcome: 'nope', last: 'new' },
    { first: 'new', outcome: 'ok' },
    { first: 'new', outcome: 'ok', last: {} },
    { first: null, outcome: 'ok', last: 'new' },
    { first: 'new', last: 'new' },
  ])('by an update of %j', (wrong) => {
    const of = wrong as unknown as Labels;
    tasks.inc(of);
    tasks.with(of).inc();
    depth.set(of, 1);
    time.observe(of, 1);
    time.startTimer(of)();
    expectNothingAdmitted(
      depth.observe(of, () => 1),
      depth.observe(() => [[of, 1]]),
    );
  });

  test('by a reader that fails, by a handle that was not used, and by removing what never was', () => {
    time.with(fresh);
    tasks.remove(fresh);
    depth.remove(fresh);
    expectNothingAdmitted(
      tasks.with(fresh).observe(() => {
        throw new Error('no');
      }),
    );
  });
});

test('the right update beside them is recorded', () => {
  tasks.inc(fresh, 2);
  expect(valuesOf('admission_total')).toEqual({ 'new,ok,new': 2 });
  expect([first.values, last.values]).toEqual([['new'], ['new']]);
  // Values that are known, but never together: to remove them makes no row.
  tasks.inc({ ...fresh, first: 'other' });
  depth.set({ ...fresh, last: 'else' }, 1);
  tasks.remove({ first: 'other', outcome: 'failed', last: 'else' });
  expect(familyOf('admission_total').rowCount).toBe(2);
});
