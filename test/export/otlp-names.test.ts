import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { metrics } from '@opentelemetry/sdk-node';
import { register } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { otlpUnit } from '../../src/runtime/export/otlp-unit.js';
import { createMetricProducer } from '../../src/runtime/export/producer.js';
import {
  closedLabel,
  counter,
  gauge,
  labelledCounter,
  labelledGauge,
  labelledHistogram,
  openLabel,
} from '../../src/runtime/index.js';
import { parseExposition, seriesKey } from '../runtime/exposition.js';
import { describeWithPromtool } from '../support/promtool.js';

const outcome = closedLabel({ key: 'n.outcome', values: ['ok', 'failed'] });
const path = openLabel({ key: 'n.path', cap: 10 });

/** The page that OpenTelemetry's own exporter makes of our metrics, over HTTP. */
async function exportedPage(): Promise<string> {
  const exporter = new PrometheusExporter({
    ...{ preventServerStart: true, withoutScopeInfo: true, withoutTargetInfo: true },
    metricProducers: [createMetricProducer('service')],
  });
  const provider = new metrics.MeterProvider({ readers: [exporter] });
  const server = createServer((request, response) => {
    exporter.getMetricsRequestHandler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const page = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  server.closeAllConnections();
  server.close();
  await provider.shutdown();
  return page;
}

describe('what @opentelemetry/exporter-prometheus shows', () => {
  let page = '';
  let ours = '';

  beforeAll(async () => {
    const runs = labelledCounter({
      ...{ name: 'n_runs_total', help: 'Runs, by "outcome" and C:\\path.', labels: { outcome, path } },
    });
    runs.inc({ outcome: 'ok', path: 'C:\\temp "x"' });
    runs.inc({ outcome: 'failed', path: 'a,b{c="d"}' }, 2.5);
    counter({ name: 'n_cpu_seconds_total', help: 'CPU.' }).inc(1e21);
    gauge({ name: 'n_memory_bytes', help: 'Memory.' }).set(12);
    gauge({ name: 'n_memory_total_bytes', help: 'Memory there is.' }).set(24);
    labelledGauge({ name: 'n_hit_ratio', help: 'Hits.', labels: { outcome } }).set({ outcome: 'ok' }, 0.25);
    const took = labelledHistogram({
      ...{ name: 'n_took_seconds', help: 'Took.', labels: { outcome }, buckets: [0.005, 1, 2.5] },
    });
    for (const seconds of [0.001, 0.7, 2.5, 60]) took.observe({ outcome: 'ok' }, seconds);
    page = await exportedPage();
    ours = await register.metrics();
  });

  test('has the names, labels and values of our own page', () => {
    const series = (text: string) =>
      new Map(parseExposition(text).map((sample) => [seriesKey(sample), sample.value]));
    const exported = series(page.replace(/^# UNIT .*\n/gm, ''));
    expect(exported.size).toBe(12);
    expect(exported).toEqual(series(ours));
  });

  test('has our types and the units that the names tell', () => {
    const types = (text: string) => [...text.matchAll(/^# TYPE .*$/gm)].map(([line]) => line).sort();
    // A metric without rows has no points to send.
    const withoutRows = /^# TYPE obsgen_/;
    expect(types(page)).toEqual(types(ours).filter((line) => !withoutRows.test(line)));
    expect([...page.matchAll(/^# UNIT (.*)$/gm)].map(([, unit]) => unit).sort()).toEqual([
      'n_cpu_seconds_total s',
      'n_hit_ratio 1',
      'n_memory_bytes By',
      'n_memory_total_bytes By',
      'n_took_seconds s',
    ]);
  });

  describeWithPromtool('for promtool', () => {
    test('is a page', () => {
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], {
        input: page,
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      expect(status).toBe(0);
    });
  });

  afterAll(() => {
    register.clear();
  });
});

describe('the unit of a metric', () => {
  test.each([
    ['took_seconds', 'histogram', 's'],
    ['cpu_seconds_total', 'counter', 's'],
    ['sent_bytes_total', 'counter', 'By'],
    ['temperature_celsius', 'gauge', 'Cel'],
    ['hit_ratio', 'gauge', '1'],
    // Prometheus makes a word of the unit 1 for gauges alone.
    ['hit_ratio', 'histogram', ''],
    // It would leave one of both words.
    ['ratio_of_ratio', 'gauge', ''],
    // Without anything before it, it is the name and no unit.
    ['seconds', 'gauge', ''],
    ['ratio', 'gauge', ''],
    ['seconds_total', 'counter', ''],
    ['tokens_per_second', 'gauge', ''],
    ['rows_per_bytes', 'gauge', ''],
    ['seconds_behind', 'gauge', ''],
    ['runs_total', 'counter', ''],
  ] as const)('%s, a %s: %j', (name, type, unit) => {
    expect(otlpUnit(name, type)).toBe(unit);
  });
});
