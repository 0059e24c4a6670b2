import { Registry } from 'prom-client';
import { beforeEach, describe, expect, it } from 'vitest';
import { scrape } from '../../src/runtime/exposition/handler.js';
import { moveToRegistry } from '../../src/runtime/exposition/registry.js';
import {
  closedLabel,
  gauge,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';

const outcome = closedLabel({ key: 'former.outcome', values: ['ok', 'failed'] });
const tool = openLabel({ key: 'former.tool', cap: 2 });
const runs = labelledCounter({
  name: 'former_runs_total',
  help: 'Runs.',
  labels: { outcome },
  initialised: true,
  renamedFrom: 'former_jobs_total',
});
const time = labelledHistogram({
  name: 'former_run_seconds',
  help: 'Time.',
  labels: { outcome },
  buckets: [1, 2],
  renamedFrom: 'former_job_seconds',
});
const calls = labelledCounter({
  name: 'former_calls_total',
  help: 'Calls.',
  labels: { tool },
  renamedFrom: 'former_uses_total',
});
const depth = gauge({ name: 'former_depth', help: 'Depth.', renamedFrom: 'former_backlog' });
const idle = labelledGauge({
  name: 'former_idle',
  help: 'Idle.',
  labels: { tool },
  expireAfterSeconds: 3600,
  renamedFrom: 'former_idleness',
});

let registry = new Registry();

beforeEach(() => {
  registry = new Registry();
  moveToRegistry(registry);
  registry.resetMetrics();
});

/** The samples of a page by their series. */
function samplesOf(text: string): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [, series = '', value = ''] = /^(\S+|\S+\{.*\}) (\S+)/.exec(line) ?? [];
      return [series, value] as const;
    }),
  );
}

async function page(accept?: string): Promise<ReadonlyMap<string, string>> {
  const { body } = await scrape(accept);
  return samplesOf(Buffer.from(body).toString());
}

/** The samples of a metric under one of its names, by what stands behind the name. */
function under(samples: ReadonlyMap<string, string>, name: string): Record<string, string> {
  const found = [...samples].filter(([series]) =>
    new RegExp(`^${name}(?:_bucket|_sum|_count)?(?:\\{|$)`).test(series),
  );
  return Object.fromEntries(found.map(([series, value]) => [series.slice(name.length), value]));
}

const renamed = [
  ['former_runs_total', 'former_jobs_total'],
  ['former_run_seconds', 'former_job_seconds'],
  ['former_calls_total', 'former_uses_total'],
  ['former_depth', 'former_backlog'],
  ['former_idle', 'former_idleness'],
] as const;

function expectBoth(samples: ReadonlyMap<string, string>): void {
  for (const [now, old] of renamed) {
    expect(Object.keys(under(samples, now)).length, now).toBeGreaterThan(0);
    expect(under(samples, old), old).toEqual(under(samples, now));
  }
}

function record(): void {
  runs.inc({ outcome: 'ok' });
  time.observe({ outcome: 'failed' }, 1.5);
  calls.inc({ tool: 'a' });
  depth.set(7);
  idle.set({ tool: 'b' }, 3);
}

describe('a metric under its former name', () => {
  it('shows the same after each record, page by page', async () => {
    record();
    for (let round = 1; round <= 4; round += 1) {
      const samples = await page();
      expectBoth(samples);
      expect(samples.get('former_jobs_total{outcome="ok"}')).toBe(String(round));
      expect(samples.get('former_jobs_total{outcome="failed"}')).toBe('0');
      runs.inc({ outcome: 'ok' });
      depth.inc();
    }
    expect((await page()).get('former_backlog')).toBe('11');
  });

  it('shows the same in the other form, in turns', async () => {
    record();
    const openMetrics = 'application/openmetrics-text; version=1.0.0';
    for (const accept of [openMetrics, undefined, openMetrics, undefined]) {
      calls.inc({ tool: 'a' });
      time.observe({ outcome: 'ok' }, 0.5);
      expectBoth(await page(accept));
    }
  });

  it('shows the same in a registry of prom-client', async () => {
    record();
    expectBoth(samplesOf(await registry.metrics()));
    runs.inc({ outcome: 'failed' }, 2);
    expectBoth(samplesOf(await registry.metrics()));
  });

  it('takes no place of a label twice', async () => {
    for (const name of ['a', 'b', 'c', 'd']) calls.inc({ tool: name });
    const samples = await page();
    expect(under(samples, 'former_uses_total')).toEqual({
      '{tool="a"}': '1',
      '{tool="b"}': '1',
      '{tool="__other__"}': '2',
    });
    expect(under(samples, 'former_calls_total')).toEqual(under(samples, 'former_uses_total'));
    const lost = samples.get('obsgen_label_overflow_total{metric="former_calls_total",label="tool"}');
    expect(Number(lost)).toBeGreaterThanOrEqual(2);
    expect(samples.has('obsgen_label_overflow_total{metric="former_uses_total",label="tool"}')).toBe(false);
  });

  it('drops a row under both names', async () => {
    record();
    await page();
    idle.remove({ tool: 'b' });
    const samples = await page();
    expect(under(samples, 'former_idle')).toEqual({});
    expect(under(samples, 'former_idleness')).toEqual({});
    // The row is free, and is another label set's now.
    idle.set({ tool: 'a' }, 5);
    const later = await page();
    expect(under(later, 'former_idle')).toEqual({ '{tool="a"}': '5' });
    expect(under(later, 'former_idleness')).toEqual({ '{tool="a"}': '5' });
  });
});
