import { spawnSync } from 'node:child_process';
import { trace } from '@opentelemetry/api';
import { Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { scrape } from '../../src/runtime/exposition/handler.js';
import { families, moveToRegistry } from '../../src/runtime/exposition/registry.js';
import { setFamilySource } from '../../src/runtime/exposition/shown.js';
import {
  closedLabel,
  counter,
  createTelemetry,
  gauge,
  labelledCounter,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import { parseExposition, seriesKey } from '../runtime/exposition.js';
import { memoryProcessor, startSdk } from '../support/memory-tracing.js';
import { describeWithPromtool } from '../support/promtool.js';

const openMetricsType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
const outcome = closedLabel({ key: 'page.outcome', values: ['ok', 'failed'] });
const tool = openLabel({ key: 'page.tool', cap: 1000 });
const runs = labelledCounter({
  name: 'page_runs_total',
  help: 'Runs "of" C:\\\nit.',
  labels: { tool, outcome },
});
const time = labelledHistogram({
  name: 'page_seconds',
  help: 'Time.',
  labels: { outcome },
  buckets: [0.25, 1, 1e6],
});
const depth = gauge({ name: 'page_depth', help: 'Depth.' });
const ready = counter({ name: 'page_starts_total', help: 'Starts.' });

let registry = new Registry();

async function page(accept?: string): Promise<string> {
  const { body } = await scrape(accept);
  return Buffer.from(body).toString();
}

/** The part of a page about our own metrics of this file. */
async function own(accept?: string): Promise<string[]> {
  return (await page(accept)).split('\n').filter((line) => /^(?:# \w+ )?page_|^# EOF/.test(line));
}

beforeEach(() => {
  registry = new Registry();
  moveToRegistry(registry);
  registry.resetMetrics();
});

afterEach(() => {
  setFamilySource(undefined);
});

describe('the page', () => {
  test('in the text format', async () => {
    runs.inc({ tool: 'say "é€😀"\\', outcome: 'ok' }, 3);
    time.observe({ outcome: 'failed' }, 0.5);
    time.observe({ outcome: 'failed' }, 1e7);
    depth.set(-0.5);
    ready.inc();
    expect((await scrape()).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await own()).toEqual([
      '# HELP page_runs_total Runs "of" C:\\\\\\nit.',
      '# TYPE page_runs_total counter',
      'page_runs_total{tool="say \\"é€😀\\"\\\\",outcome="ok"} 3',
      '# HELP page_seconds Time.',
      '# TYPE page_seconds histogram',
      'page_seconds_bucket{le="0.25",outcome="failed"} 0',
      'page_seconds_bucket{le="1",outcome="failed"} 1',
      'page_seconds_bucket{le="1000000",outcome="failed"} 1',
      'page_seconds_bucket{le="+Inf",outcome="failed"} 2',
      'page_seconds_sum{outcome="failed"} 10000000.5',
      'page_seconds_count{outcome="failed"} 2',
      '# HELP page_depth Depth.',
      '# TYPE page_depth gauge',
      'page_depth -0.5',
      '# HELP page_starts_total Starts.',
      '# TYPE page_starts_total counter',
      'page_starts_total 1',
    ]);
  });

  test('in OpenMetrics: names of counters, canonical bounds, quotes in help, one end', async () => {
    runs.inc({ tool: 'search', outcome: 'ok' }, 3);
    time.observe({ outcome: 'failed' }, 0.5);
    expect((await scrape(openMetricsType)).contentType).toBe(openMetricsType);
    expect(await own(openMetricsType)).toEqual([
      '# HELP page_runs Runs \\"of\\" C:\\\\\\nit.',
      '# TYPE page_runs counter',
      'page_runs_total{tool="search",outcome="ok"} 3',
      '# HELP page_seconds Time.',
      '# TYPE page_seconds histogram',
      'page_seconds_bucket{le="0.25",outcome="failed"} 0',
      'page_seconds_bucket{le="1.0",outcome="failed"} 1',
      'page_seconds_bucket{le="1e+06",outcome="failed"} 1',
      'page_seconds_bucket{le="+Inf",outcome="failed"} 1',
      'page_seconds_sum{outcome="failed"} 0.5',
      'page_seconds_count{outcome="failed"} 1',
      '# HELP page_depth Depth.',
      '# TYPE page_depth gauge',
      '# HELP page_starts Starts.',
      '# TYPE page_starts counter',
      'page_starts_total 0',
      '# EOF',
    ]);
    const whole = await page(openMetricsType);
    expect(whole.endsWith('\n# EOF\n')).toBe(true);
    expect(whole.match(/# EOF/g)).toHaveLength(1);
    expect(whole).not.toContain('\n\n');
  });

  test('has exemplars in OpenMetrics, on counters and buckets alone', async () => {
    const traced = labelledCounter({
      ...{ name: 'page_traced_total', help: 'T.', labels: { outcome } },
      exemplars: true,
    });
    const timed = labelledHistogram({
      ...{ name: 'page_traced_seconds', help: 'T.', labels: { outcome }, exemplars: true, buckets: [1] },
    });
    const stop = startSdk(memoryProcessor());
    trace.getTracer('test').startActiveSpan('span', (span) => {
      traced.inc({ outcome: 'ok' }, 2);
      timed.observe({ outcome: 'ok' }, 0.5);
      span.end();
    });
    await stop();
    const exemplary = async (accept: string): Promise<string[]> =>
      (await page(accept)).split('\n').filter((line) => line.includes(' # {'));
    expect(await exemplary('')).toEqual([]);
    const ids = String.raw`trace_id="[0-9a-f]{32}",span_id="[0-9a-f]{16}"`;
    const [first, second, ...rest] = await exemplary(openMetricsType);
    expect(rest).toEqual([]);
    expect(first).toMatch(
      new RegExp(String.raw`^page_traced_total\{outcome="ok"\} 2 # \{${ids}\} 2 \d{10}(\.\d+)?$`),
    );
    const bucket = String.raw`^page_traced_seconds_bucket\{le="1\.0",outcome="ok"\} 1 # \{${ids}\} 0\.5 \d{10}(\.\d+)?$`;
    expect(second).toMatch(new RegExp(bucket));
    // The row changes, the exemplar does not: outside of a span there is none.
    traced.inc({ outcome: 'ok' }, 10);
    expect((await exemplary(openMetricsType))[0]).toMatch(/ 12 # \{/);
  });

  test('shows default labels, and follows them', async () => {
    runs.inc({ tool: 'search', outcome: 'ok' });
    registry.setDefaultLabels({ region: 'eu "1"', tool: 'other', shard: 7 });
    expect(await own()).toContain(
      'page_runs_total{tool="search",outcome="ok",region="eu \\"1\\"",shard="7"} 1',
    );
    expect(await own()).toContain('page_starts_total{region="eu \\"1\\"",tool="other",shard="7"} 0');
    registry.setDefaultLabels({});
    expect(await own()).toContain('page_runs_total{tool="search",outcome="ok"} 1');
  });

  test('belongs to the caller: the next scrape does not change it', async () => {
    depth.set(1);
    const [first, again] = await Promise.all([scrape(), scrape()]);
    const text = Buffer.from(first.body).toString();
    again.body.fill(0);
    depth.set(2);
    await scrape();
    expect(Buffer.from(first.body).toString()).toBe(text);
  });

  test('has each series once while rows come during the scrape', async () => {
    for (let index = 0; index < 900; index += 1) runs.inc({ tool: `tool-${index}`, outcome: 'ok' });
    const scraping = scrape();
    const adding = (async (): Promise<void> => {
      for (let index = 0; index < 50; index += 1) {
        runs.inc({ tool: `tool-${index * 10}`, outcome: 'failed' }, index);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const samples = parseExposition(Buffer.from((await scraping).body).toString());
    expect(new Set(samples.map(seriesKey)).size).toBe(samples.length);
    await adding;
    expect((await own()).filter((line) => line.startsWith('page_runs_total{'))).toHaveLength(950);
  });
});

describe('other metrics of the registry', () => {
  const registers = (): { registers: Registry[] } => ({ registers: [registry] });

  test('are shown as the registry shows them', async () => {
    const labelNames = ['path'];
    new Counter({ name: 'other_total', help: 'A "\\\nb.', labelNames, ...registers() }).inc(
      { path: '"\\\n' },
      2,
    );
    new Gauge({ name: 'other_depth', help: 'Depth.', ...registers() }).set(-Infinity);
    new Histogram({ name: 'other_seconds', help: 'T.', labelNames, buckets: [1, 2], ...registers() }).observe(
      { path: 'a' },
      1.5,
    );
    new Summary({ name: 'other_summary', help: 'T.', percentiles: [0.5], ...registers() }).observe(3);
    registry.setDefaultLabels({ region: 'eu', path: 'none' });
    const lines = (text: string): string[] =>
      text.split('\n').filter((line) => line.includes('other_') && !line.startsWith('#'));
    const parsed = (text: string): unknown[] =>
      parseExposition(
        `# TYPE other_total counter\n# TYPE other_depth gauge\n# TYPE other_seconds histogram\n# TYPE other_summary summary\n${lines(text).join('\n')}`,
      ).map((sample) => [seriesKey(sample), sample.value]);
    expect(parsed(await page())).toEqual(parsed(await registry.metrics()));
    expect(parsed(await page())).toHaveLength(10);
    const help = /^# (?:HELP|TYPE) other_.*$/gm;
    expect((await page()).match(help)).toEqual((await registry.metrics()).match(help));
    const openMetrics = await page(openMetricsType);
    expect(parsed(openMetrics)).toEqual(parsed(await page()));
    expect(openMetrics).toContain('# TYPE other counter\n');
    expect(openMetrics.match(/# EOF\n/g)).toHaveLength(1);
  });

  test('have their names whole, though an OpenMetrics page of the registry cuts them', async () => {
    new Counter({ name: 'other_total', help: 'A.', ...registers() }).inc(2);
    registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
    await registry.metrics();
    expect(await page()).toContain('# TYPE other_total counter\nother_total 2\n');
    expect(await page(openMetricsType)).toContain('# TYPE other counter\nother_total 2\n');
  });

  test('are left out, counted and asked no more, if they fail or never answer', async () => {
    let asked = 0;
    const failing = new Gauge({
      ...{ name: 'other_failing', help: 'F.', ...registers() },
      collect() {
        throw new Error('no');
      },
    });
    const silent = {
      ...{ name: 'other_silent', help: 'S.', type: 'gauge' },
      get: () => {
        asked += 1;
        return new Promise(() => undefined);
      },
    };
    registry.registerMetric(silent as never);
    new Gauge({ name: 'other_good', help: 'G.', ...registers() }).set(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const scraping = page();
      await vi.advanceTimersByTimeAsync(5000);
      const first = await scraping;
      expect(first).toContain('other_good 1');
      expect(first).not.toContain('# TYPE other_failing');
      expect(first).not.toContain('# TYPE other_silent');
      // No time passes now.
      const second = await page();
      expect(asked).toBe(1);
      for (const { name } of [failing as unknown as { name: string }, silent])
        expect(second).toMatch(
          new RegExp(`^obsgen_dropped_total\\{metric="${name}",reason="internal_error"\\} [12]$`, 'm'),
        );
    } finally {
      vi.useRealTimers();
    }
  });

  test('keep their name where one of ours has it as well', async () => {
    new Gauge({ name: 'page_taken', help: 'Theirs.', ...registers() }).set(5);
    gauge({ name: 'page_taken', help: 'Ours.' }).set(1);
    expect((await own()).filter((line) => line.includes('page_taken'))).toEqual([
      '# HELP page_taken Theirs.',
      '# TYPE page_taken gauge',
      'page_taken 5',
    ]);
  });

  test('are not needed: a registry may refuse everything', async () => {
    const refuse = (): never => {
      throw new Error('no');
    };
    moveToRegistry({ registerMetric: refuse, getSingleMetric: refuse, removeSingleMetric: refuse });
    expect(await own()).toContain('page_starts_total 0');
  });
});

describe('the metrics that are shown', () => {
  test('can be replaced, and come back', async () => {
    const some = families().filter(({ name }) => name === 'page_starts_total');
    setFamilySource(() => Promise.resolve(some));
    expect((await page()).match(/^# TYPE .*$/gm)).toEqual(['# TYPE page_starts_total counter']);
    setFamilySource(undefined);
    expect((await page()).match(/^# TYPE .*$/gm)?.length).toBeGreaterThan(3);
  });

  test('fail the scrape where they cannot be had, and only that one', async () => {
    setFamilySource(() => Promise.reject(new Error('no primary')));
    await expect(scrape()).rejects.toThrow('no primary');
    setFamilySource(undefined);
    expect(await own()).toContain('page_starts_total 0');
  });

  test('do not fail it where one of them does', async () => {
    const [some] = families().filter(({ name }) => name === 'page_starts_total');
    const broken = Object.create(some ?? null, {
      name: { value: 'page_broken' },
      refresh: {
        value: () => {
          throw new Error('broken');
        },
      },
    }) as NonNullable<typeof some>;
    setFamilySource(() => Promise.resolve([broken, ...(some === undefined ? [] : [some])]));
    expect(await own()).toEqual([
      '# HELP page_starts_total Starts.',
      '# TYPE page_starts_total counter',
      'page_starts_total 0',
    ]);
  });
});

describeWithPromtool('promtool accepts', () => {
  test('the page of any metrics, ours and others', async () => {
    const telemetry = createTelemetry({
      service: { name: 't' },
      spans: false,
      sampling: { head: 1, environments: [] },
    });
    runs.inc({ tool: 'say "é€😀"\\', outcome: 'ok' }, 3);
    time.observe({ outcome: 'failed' }, 0.5);
    new Counter({ name: 'other_total', help: 'A "\\\nb.', registers: [registry] }).inc();
    expect(telemetry.stats().clashes).not.toContain('page_runs_total');
    for (const labels of [{}, { region: 'eu "1"' }]) {
      registry.setDefaultLabels(labels);
      for (const text of [await page(), await registry.metrics()]) {
        const run = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
        expect(`${run.stdout}${run.stderr}`).toBe('');
        expect(run.status).toBe(0);
      }
    }
  });
});
