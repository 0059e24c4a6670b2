import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closedLabel,
  createTelemetry,
  labelledCounter,
  openLabel,
  registeredLabel,
} from '../../src/runtime/index.js';
import { samplesOf, valueOf } from './scrape.js';

const telemetry = createTelemetry({
  service: { name: 'test' },
  spans: false,
  sampling: { head: 1, environments: [] },
});

async function valuesOf(metric: string, label: string): Promise<string[]> {
  return (await samplesOf(metric)).map((sample) => sample.labels.get(label) ?? '').sort();
}

describe('a closed label', () => {
  const outcome = closedLabel({ key: 'closed.outcome', values: ['ok', 'failed'] });
  const runs = labelledCounter({ name: 'closed_runs_total', help: 'Runs.', labels: { outcome } });

  test('admits its values and knows them', () => {
    expect(outcome.values).toEqual(['ok', 'failed']);
    expect([outcome.has('ok'), outcome.has('nope'), outcome.has('__proto__')]).toEqual([true, false, false]);
  });

  test('lets nothing else in, and counts it', async () => {
    runs.inc({ outcome: 'ok' });
    runs.inc({ outcome: 'nope' as 'ok' });
    runs.inc({ outcome: '__other__' as 'ok' });
    runs.inc({ outcome: 'toString' as 'ok' });
    expect(await valuesOf('closed_runs_total', 'outcome')).toEqual(['ok']);
    expect(
      await valueOf('obsgen_dropped_total', { metric: 'closed_runs_total', reason: 'undeclared_value' }),
    ).toBe(3);
  });
});

describe('a registered label', () => {
  test('admits the first names that it sees until names are registered, and then only those', async () => {
    const tool = registeredLabel({ key: 'reg.tool', cap: 3 });
    const calls = labelledCounter({ name: 'reg_calls_total', help: 'Calls.', labels: { tool } });
    calls.inc({ tool: 'early' });
    expect(telemetry.stats().labels).toContainEqual({
      label: 'reg.tool',
      kind: 'registered',
      cap: 3,
      values: 1,
      settled: false,
      refused: 0,
    });
    tool.register(['search', 'fetch', 'browse']);
    calls.inc({ tool: 'search' });
    calls.inc({ tool: 'unknown' });
    calls.inc({ tool: 'browse' });
    calls.inc({ tool: 'early' });
    expect(await valuesOf('reg_calls_total', 'tool')).toEqual(['__other__', 'early', 'search']);
    expect(await valueOf('reg_calls_total', { tool: '__other__' })).toBe(2);
    expect(await valueOf('obsgen_label_overflow_total', { metric: 'reg_calls_total', label: 'tool' })).toBe(
      2,
    );
    expect(telemetry.stats().labels).toContainEqual({
      label: 'reg.tool',
      kind: 'registered',
      cap: 3,
      values: 3,
      settled: true,
      refused: 1,
    });
  });

  test('can be registered again to add names', async () => {
    const tool = registeredLabel({ key: 'again.tool', cap: 3 });
    const calls = labelledCounter({ name: 'again_calls_total', help: 'Calls.', labels: { tool } });
    tool.register(['a']);
    calls.inc({ tool: 'b' });
    tool.register(['a', 'b']);
    calls.inc({ tool: 'b' });
    expect(tool.values).toEqual(['a', 'b']);
    expect(await valueOf('again_calls_total', { tool: 'b' })).toBe(1);
  });

  test('passes over names that are none', () => {
    const tool = registeredLabel({ key: 'bad.tool', cap: 3 });
    tool.register(undefined as unknown as string[]);
    tool.register([1, null, 'x'] as unknown as string[]);
    expect(tool.values).toEqual(['x']);
  });

  test('has its rows of an initialised counter from the registration on', async () => {
    const tool = registeredLabel({ key: 'init.tool', cap: 9 });
    const outcome = closedLabel({ key: 'init.outcome', values: ['ok', 'failed'] });
    labelledCounter({
      name: 'init_calls_total',
      help: 'Calls.',
      labels: { tool, outcome },
      initialised: true,
    });
    expect(await samplesOf('init_calls_total')).toEqual([]);
    tool.register(['search', 'fetch']);
    const rows = (await samplesOf('init_calls_total')).map(({ labels, value }) => [
      ...labels.values(),
      value,
    ]);
    expect(rows).toEqual([
      ['search', 'ok', 0],
      ['search', 'failed', 0],
      ['fetch', 'ok', 0],
      ['fetch', 'failed', 0],
    ]);
  });
});

describe('an open label', () => {
  test('keeps the first values that it sees; the others share __other__', async () => {
    const queue = openLabel({ key: 'open.queue', cap: 2 });
    const tasks = labelledCounter({ name: 'open_tasks_total', help: 'Tasks.', labels: { queue } });
    for (const name of ['a', 'b', 'c', 'd', 'a']) tasks.inc({ queue: name });
    expect(await valuesOf('open_tasks_total', 'queue')).toEqual(['__other__', 'a', 'b']);
    expect(await valueOf('open_tasks_total', { queue: '__other__' })).toBe(2);
  });

  test('counts overflow for each metric, while the table is one', async () => {
    const queue = openLabel({ key: 'shared.queue', cap: 1 });
    const one = labelledCounter({ name: 'shared_one_total', help: 'One.', labels: { queue } });
    const two = labelledCounter({ name: 'shared_two_total', help: 'Two.', labels: { name: queue } });
    one.inc({ queue: 'a' });
    two.inc({ name: 'b' });
    expect(await valuesOf('shared_two_total', 'name')).toEqual(['__other__']);
    expect(await valueOf('obsgen_label_overflow_total', { metric: 'shared_two_total', label: 'name' })).toBe(
      1,
    );
    expect(await valueOf('obsgen_label_overflow_total', { metric: 'shared_one_total', label: 'queue' })).toBe(
      undefined,
    );
  });

  test('takes __other__ itself without calling it overflow', async () => {
    const queue = openLabel({ key: 'other.queue', cap: 1 });
    const tasks = labelledCounter({ name: 'other_tasks_total', help: 'Tasks.', labels: { queue } });
    tasks.inc({ queue: '__other__' });
    tasks.with({ queue: '__other__' }).inc();
    expect(await valueOf('other_tasks_total', { queue: '__other__' })).toBe(2);
    expect(telemetry.stats().overflow.filter(({ metric }) => metric === 'other_tasks_total')).toEqual([]);
  });

  test('holds its cap, loses no count and little memory at a million values', async () => {
    const user = openLabel({ key: 'flood.user', cap: 100 });
    const requests = labelledCounter({ name: 'flood_requests_total', help: 'Requests.', labels: { user } });
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let index = 0; index < 1_000_000; index += 1)
      requests.inc({ user: `user-${index}-${'x'.repeat(40)}` });
    collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(5e6);
    const rows = await samplesOf('flood_requests_total');
    expect(rows).toHaveLength(101);
    expect(rows.reduce((sum, { value }) => sum + value, 0)).toBe(1_000_000);
    expect(
      await valueOf('obsgen_label_overflow_total', { metric: 'flood_requests_total', label: 'user' }),
    ).toBe(999_900);
  });
});

describe('label values', () => {
  const any = openLabel({ key: 'any.value', cap: 100_000 });
  const seen = labelledCounter({ name: 'any_seen_total', help: 'Seen.', labels: { value: any } });

  test('are texts: numbers and booleans are made such, nothing is an error', async () => {
    for (const value of [1, true, 12n]) seen.inc({ value: value as unknown as string });
    expect(await valuesOf('any_seen_total', 'value')).toEqual(['1', '12', 'true']);
    for (const value of [undefined, null]) seen.inc({ value: value as unknown as string });
    for (const value of [{}, [], Symbol('x'), () => 'x', new Date()]) {
      seen.inc({ value: value as unknown as string });
    }
    expect(await valueOf('obsgen_dropped_total', { metric: 'any_seen_total', reason: 'missing_label' })).toBe(
      2,
    );
    expect(await valueOf('obsgen_dropped_total', { metric: 'any_seen_total', reason: 'wrong_type' })).toBe(5);
  });

  test('are without controls, well-formed and short, and the page can be read', async () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(hostile, (value) => {
        seen.inc({ value });
      }),
      { numRuns: 20_000 },
    );
    seen.inc({ value: 'm'.repeat(1_000_000) });
    seen.inc({ value: `${'a'.repeat(127)}😀` });
    const values = await valuesOf('any_seen_total', 'value');
    expect(values.length).toBeGreaterThan(10_000);
    expect(values.filter((value) => value.length > 128 || /[\p{Cc}\p{Cs}]/u.test(value))).toEqual([]);
    expect(values).toContain('a'.repeat(127));
  });
});
