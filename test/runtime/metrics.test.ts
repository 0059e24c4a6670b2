import { describe, expect, test } from 'vitest';
import {
  closedLabel,
  counter,
  gauge,
  histogram,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import { samplesOf, valueOf } from './scrape.js';

const outcome = closedLabel({ key: 'm.outcome', values: ['ok', 'failed'] });
const queue = openLabel({ key: 'm.queue', cap: 10 });

/** Amounts that no counter can take, as a program without types may give them. */
const badAmounts = [
  [NaN, 'invalid_value'],
  [Infinity, 'invalid_value'],
  [-Infinity, 'invalid_value'],
  [-1, 'invalid_value'],
  [-Number.MIN_VALUE, 'invalid_value'],
  ['1', 'wrong_type'],
  ['', 'wrong_type'],
  [1n, 'wrong_type'],
  [null, 'wrong_type'],
  [true, 'wrong_type'],
  [{}, 'wrong_type'],
  [[1], 'wrong_type'],
  [new Date(0), 'wrong_type'],
  [Symbol('1'), 'wrong_type'],
  [() => 1, 'wrong_type'],
] as const;

async function dropped(metric: string, reason: string): Promise<number> {
  return (await valueOf('obsgen_dropped_total', { metric, reason })) ?? 0;
}

describe('a counter', () => {
  test('without labels starts at 0 and goes up', async () => {
    const pages = counter({ name: 'c_pages_total', help: 'Pages.' });
    expect(await valueOf('c_pages_total')).toBe(0);
    pages.inc();
    pages.inc(2.5);
    pages.inc(0);
    expect(await valueOf('c_pages_total')).toBe(3.5);
  });

  test('with labels has a row for each label set, and the rows that are known beforehand', async () => {
    const runs = labelledCounter({
      name: 'c_runs_total',
      help: 'Runs.',
      labels: { outcome },
      initialised: true,
    });
    expect(await valueOf('c_runs_total', { outcome: 'failed' })).toBe(0);
    runs.inc({ outcome: 'ok' });
    runs.inc({ outcome: 'ok' }, 4);
    expect(await valueOf('c_runs_total', { outcome: 'ok' })).toBe(5);
    runs.remove({ outcome: 'ok' });
    runs.remove({ outcome: 'nope' as 'ok' });
    expect(await valueOf('c_runs_total', { outcome: 'ok' })).toBe(undefined);
  });

  test('does not initialise rows of open labels, nor when nobody reads it', async () => {
    labelledCounter({ name: 'c_open_total', help: 'Open.', labels: { queue }, initialised: true });
    labelledCounter({ name: 'c_unread_total', help: 'Unread.', labels: { outcome } });
    expect(await samplesOf('c_open_total')).toEqual([]);
    expect(await samplesOf('c_unread_total')).toEqual([]);
  });

  test.each(badAmounts)('drops %s as %s, and counts that', async (amount, reason) => {
    const bad = labelledCounter({ name: 'c_bad_total', help: 'Bad.', labels: { outcome } });
    const bound = bad.with({ outcome: 'ok' });
    bad.inc({ outcome: 'ok' }, 7);
    const [value, drops] = [
      await valueOf('c_bad_total', { outcome: 'ok' }),
      await dropped('c_bad_total', reason),
    ];
    bad.inc({ outcome: 'ok' }, amount as number);
    bound.inc(amount as number);
    expect(await valueOf('c_bad_total', { outcome: 'ok' })).toBe(value);
    expect(await dropped('c_bad_total', reason)).toBe(drops + 2);
  });

  test('survives labels that are none, or that fail when they are read', async () => {
    const hard = labelledCounter({ name: 'c_hard_total', help: 'Hard.', labels: { outcome } });
    const failing = {
      get outcome(): 'ok' {
        throw new Error('no');
      },
    };
    for (const labels of [undefined, null, 1, 'ok', {}, []]) hard.inc(labels as { outcome: 'ok' });
    hard.inc(failing);
    hard.with(failing).inc();
    hard.with(undefined as unknown as { outcome: 'ok' }).inc();
    hard.remove(failing);
    expect(await samplesOf('c_hard_total')).toEqual([]);
    expect(await dropped('c_hard_total', 'missing_label')).toBe(9);
  });

  test('has handles that keep their labels, count overflow and live through remove()', async () => {
    const small = openLabel({ key: 'm.small', cap: 1 });
    const tasks = labelledCounter({ name: 'c_tasks_total', help: 'Tasks.', labels: { queue: small } });
    const labels = { queue: 'a' };
    const a = tasks.with(labels);
    labels.queue = 'changed';
    const b = tasks.with({ queue: 'b' });
    a.inc();
    b.inc();
    b.inc();
    tasks.remove({ queue: 'a' });
    a.inc(5);
    expect(await valueOf('c_tasks_total', { queue: 'a' })).toBe(5);
    expect(await valueOf('c_tasks_total', { queue: '__other__' })).toBe(2);
    expect(await valueOf('obsgen_label_overflow_total', { metric: 'c_tasks_total', label: 'queue' })).toBe(2);
  });

  test('shows labels whose names objects have', async () => {
    const odd = labelledCounter({
      name: 'c_odd_total',
      help: 'Odd.',
      labels: { constructor: queue, ['__proto__']: queue },
    });
    odd.inc({ constructor: 'x', ['__proto__']: 'y' });
    const [sample] = await samplesOf('c_odd_total');
    expect([...(sample?.labels ?? [])]).toEqual([
      ['constructor', 'x'],
      ['__proto__', 'y'],
    ]);
    odd.inc({} as never);
    expect(await dropped('c_odd_total', 'wrong_type')).toBe(1);
  });
});

describe('a gauge', () => {
  test('is not shown before it has a value', async () => {
    const built = gauge({ name: 'g_built_timestamp_seconds', help: 'Built.' });
    expect(await samplesOf('g_built_timestamp_seconds')).toEqual([]);
    built.setToCurrentTime();
    expect(Math.abs(((await valueOf('g_built_timestamp_seconds')) ?? 0) - Date.now() / 1000)).toBeLessThan(5);
  });

  test('goes up and down, below zero too', async () => {
    const depth = labelledGauge({ name: 'g_depth', help: 'Depth.', labels: { queue } });
    depth.set({ queue: 'a' }, 5);
    depth.inc({ queue: 'a' });
    depth.dec({ queue: 'a' }, 10);
    const b = depth.with({ queue: 'b' });
    b.inc(2);
    b.dec();
    b.set(b as unknown as number);
    expect(await valueOf('g_depth', { queue: 'a' })).toBe(-4);
    expect(await valueOf('g_depth', { queue: 'b' })).toBe(1);
    expect(await dropped('g_depth', 'wrong_type')).toBe(1);
  });

  test('reads a value at each scrape, until it is told to stop', async () => {
    const size = gauge({ name: 'g_size', help: 'Size.' });
    let value = 1;
    const stop = size.observe(() => value);
    expect(await valueOf('g_size')).toBe(1);
    value = 2;
    expect(await valueOf('g_size')).toBe(2);
    stop();
    value = 3;
    expect(await valueOf('g_size')).toBe(2);
  });

  test('outlives readers that fail or answer nonsense', async () => {
    const size = labelledGauge({ name: 'g_failing', help: 'Failing.', labels: { queue } });
    size.observe({ queue: 'throws' }, () => {
      throw new Error('no');
    });
    size.observe({ queue: 'nan' }, () => NaN);
    size.observe({ queue: 'fine' }, () => 1);
    expect((await samplesOf('g_failing')).map(({ labels }) => labels.get('queue'))).toEqual(['fine']);
    // Each scrape asks the readers again.
    expect(await dropped('g_failing', 'internal_error')).toBeGreaterThan(0);
    expect(await dropped('g_failing', 'invalid_value')).toBeGreaterThan(0);
  });

  test('reads all rows at once, and drops those that are gone', async () => {
    const depth = labelledGauge({ name: 'g_all', help: 'All.', labels: { queue } });
    const queues = new Map([
      ['a', 1],
      ['b', 2],
    ]);
    depth.observe(() => Array.from(queues, ([name, length]) => [{ queue: name }, length] as const));
    expect((await samplesOf('g_all')).map(({ value }) => value)).toEqual([1, 2]);
    queues.delete('a');
    queues.set('b', 3);
    expect((await samplesOf('g_all')).map(({ labels, value }) => [labels.get('queue'), value])).toEqual([
      ['b', 3],
    ]);
  });

  test.each([
    ['sum', 12],
    ['max', 5],
    ['min', 3],
    ['average', 4],
    ['first', 4],
  ] as const)(
    'of rows that share a place beyond the cap shows what they come to: %s',
    async (aggregate, value) => {
      const name = `g_shared_${aggregate}`;
      const few = openLabel({ key: `few_${aggregate}`, cap: 1 });
      const heat = labelledGauge({ name, help: 'Heat.', aggregate, labels: { few } });
      heat.observe(() =>
        [90, 4, 3, 5].map((degrees, device) => [{ few: `device-${device}` }, degrees] as const),
      );
      const shown = async () =>
        Object.fromEntries(
          (await samplesOf(name)).map(({ labels, value: each }) => [labels.get('few') ?? '', each]),
        );
      expect(await shown()).toEqual({ 'device-0': 90, __other__: value });
      // Nothing of one reading is left in the next.
      expect(await shown()).toEqual({ 'device-0': 90, __other__: value });
    },
  );
});

describe('a histogram', () => {
  test('counts into cumulated buckets, bounds included', async () => {
    const time = labelledHistogram({
      name: 'h_seconds',
      help: 'Time.',
      labels: { outcome },
      buckets: [0.1, 1, 10],
    });
    for (const seconds of [0, 0.1, 0.1000001, 1, 5, 10, 11]) time.observe({ outcome: 'ok' }, seconds);
    const buckets = (await samplesOf('h_seconds_bucket')).map(({ labels, value }) => [
      labels.get('le'),
      value,
    ]);
    expect(buckets).toEqual([
      ['0.1', 2],
      ['1', 4],
      ['10', 6],
      ['+Inf', 7],
    ]);
    expect(await valueOf('h_seconds_count', { outcome: 'ok' })).toBe(7);
    expect(await valueOf('h_seconds_sum', { outcome: 'ok' })).toBeCloseTo(27.2000001, 9);
  });

  test('without labels starts at 0', async () => {
    const size = histogram({ name: 'h_bytes', help: 'Size.', buckets: [1, 2] });
    expect(await valueOf('h_bytes_count')).toBe(0);
    size.observe(2);
    expect(await valueOf('h_bytes_bucket', { le: '2' })).toBe(1);
    expect(await valueOf('h_bytes_bucket', { le: '1' })).toBe(0);
  });

  test.each(badAmounts)('drops %s as %s', async (amount, reason) => {
    const time = histogram({ name: 'h_bad_seconds', help: 'Bad.', buckets: [1] });
    const before = await dropped('h_bad_seconds', reason);
    time.observe(amount as number);
    expect(await valueOf('h_bad_seconds_count')).toBe(0);
    expect(await dropped('h_bad_seconds', reason)).toBe(before + 1);
  });

  test('takes negative values where its buckets have some', async () => {
    const drift = histogram({ name: 'h_drift_ratio', help: 'Drift.', buckets: [-1, 0, 1] });
    drift.observe(-0.5);
    expect(await valueOf('h_drift_ratio_bucket', { le: '-1' })).toBe(0);
    expect(await valueOf('h_drift_ratio_bucket', { le: '0' })).toBe(1);
  });

  test('has timers, whose labels may come at the end', async () => {
    const both = labelledHistogram({
      name: 'h_timer_seconds',
      help: 'Timer.',
      labels: { outcome, queue },
      buckets: [1],
    });
    const none = both.startTimer();
    const some = both.startTimer({ queue: 'a' });
    const all = both.startTimer({ queue: 'a', outcome: 'ok' });
    expect(none({ queue: 'a', outcome: 'ok' })).toBeGreaterThan(0);
    some({ outcome: 'ok' });
    all();
    const seconds = both.with({ queue: 'a', outcome: 'ok' }).startTimer()();
    expect(seconds).toBeLessThan(5);
    expect(await valueOf('h_timer_seconds_count', { queue: 'a', outcome: 'ok' })).toBe(4);
  });

  test('keeps a duration right when the clock on the wall jumps', () => {
    const now = Date.now;
    const time = histogram({ name: 'h_clock_seconds', help: 'Clock.', buckets: [1] });
    try {
      for (const jump of [-3_600_000, 3_600_000]) {
        const stop = time.startTimer();
        Date.now = () => now() + jump;
        const seconds = stop();
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(seconds).toBeLessThan(1);
      }
    } finally {
      Date.now = now;
    }
  });
});
