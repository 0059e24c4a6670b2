import { TraceFlags, type Span } from '@opentelemetry/api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { grafanaProvisioning } from '../../../src/emit/grafana-provisioning/emitter.js';
import { packageRoot } from '../../../src/package-root.js';
import { ownKeys } from '../../../src/runtime/logs/line-keys.js';
import { exemplarOf, withExemplarsOf } from '../../../src/runtime/metrics/exemplar.js';
import { modelOf } from '../../support/model.js';
import { readSources, type Environment, type ReadSource } from './as-grafana-reads.js';

function sourcesOf(spec: string, environment?: Environment): readonly ReadSource[] {
  const file = grafanaProvisioning.files(modelOf(spec)).find(({ path }) => path.includes('/datasources/'));
  if (file === undefined) throw new Error('there is no file of data sources');
  return readSources(file.content, environment);
}

function ofType(sources: readonly ReadSource[], type: string): ReadSource {
  const found = sources.find((source) => source.type === type);
  if (found === undefined) throw new Error(`there is no ${type}`);
  return found;
}

const metrics = `metrics:
  runs_total: { type: counter, help: Runs. }
  run_seconds: { type: histogram, help: Time of a run., exemplars: true }
dashboards:
  runs: { title: Runs, rows: [{ title: Runs, panels: [{ title: Runs, metric: runs_total }] }] }
`;
const spans = `spans: { run: { kind: internal, record: { count: runs_total, duration: run_seconds } } }\n`;
const logs = `logs: { events: { run.done: { message: done } } }\n`;
const alerting = `alerts: { Many: { expr: runs_total > 5, severity: page, summary: Many. } }
stack: { alertmanager: { page: { webhook: { url: https://hooks.example.com } } } }
`;

function spec(more: string, grafana = '{}'): string {
  return `version: 1\nservice: { name: s }\ntarget: { grafana: ${grafana} }\n${metrics}${more}`;
}

/** Every uid that a data source refers to. */
function referred(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    (key === 'datasourceUid' || key === 'alertmanagerUid') && typeof item === 'string'
      ? [item]
      : referred(item),
  );
}

const cases = ['research-agent', 'ims-core', 'alex', 'grafana-provisioning'];
function caseSpec(name: string): string {
  return readFileSync(join(packageRoot, 'test/cases', name, 'observability.yaml'), 'utf8');
}

describe('data sources', () => {
  it.each([
    ['metrics alone', '', ['prometheus']],
    ['spans', spans, ['prometheus', 'tempo']],
    ['log events', logs, ['prometheus', 'loki']],
    ['routed alerts', alerting, ['prometheus', 'alertmanager']],
    ['everything', spans + logs + alerting, ['prometheus', 'tempo', 'loki', 'alertmanager']],
    ['Jaeger', `stack: { traces: { store: jaeger } }\n${spans}`, ['prometheus', 'jaeger']],
  ])('are those that a spec has a use for: %s', (_, more, types) => {
    expect(sourcesOf(spec(more)).map(({ type }) => type)).toEqual(types);
  });

  it.each(cases)('of %s refer to each other, and to nothing else', (name) => {
    const sources = sourcesOf(caseSpec(name));
    const uids = new Set(sources.map(({ uid }) => uid));
    expect(uids.size).toBe(sources.length);
    expect(new Set(sources.map((source) => source.name)).size).toBe(sources.length);
    for (const { jsonData } of sources) for (const uid of referred(jsonData)) expect(uids).toContain(uid);
  });

  it.each(cases)('of %s cannot be edited and are nobody’s default', (name) => {
    for (const { editable, access, isDefault } of sourcesOf(caseSpec(name)))
      expect({ editable, access, isDefault }).toEqual({
        editable: false,
        access: 'proxy',
        isDefault: undefined,
      });
  });

  it('have no links to stores that are not there', () => {
    const { jsonData } = ofType(sourcesOf(spec('')), 'prometheus');
    expect(jsonData).not.toHaveProperty('exemplarTraceIdDestinations');
    expect(jsonData).not.toHaveProperty('alertmanagerUid');
    expect(ofType(sourcesOf(spec(spans)), 'tempo').jsonData).not.toHaveProperty('tracesToLogsV2');
    expect(ofType(sourcesOf(spec(logs)), 'loki').jsonData).not.toHaveProperty('derivedFields');
  });

  it('read the uids and addresses of the spec, with what the environment says', () => {
    const sources = sourcesOf(
      spec(
        spans + logs + alerting,
        `{ datasources: { metrics: m, traces: t, logs: l, alertmanager: a },
           urls: { metrics: 'http://\${HOST}:9090/$x', traces: http://t, logs: http://l, alertmanager: '\${AM}' } }`,
      ),
      { HOST: 'prom', AM: 'http://am:9093', x: 'wrong' },
    );
    expect(sources.map(({ uid, url }) => [uid, url])).toEqual([
      ['m', 'http://prom:9090/$x'],
      ['t', 'http://t'],
      ['l', 'http://l'],
      ['a', 'http://am:9093'],
    ]);
    expect(sources[0]?.name).toBe('Prometheus (m)');
  });

  it('default to the names of a compose stack', () => {
    expect(sourcesOf(spec(spans + logs + alerting)).map(({ url }) => url)).toEqual([
      'http://prometheus:9090',
      'http://tempo:3200',
      'http://loki:3100',
      'http://alertmanager:9093',
    ]);
  });

  it('tell Prometheus how often samples come, which `$__rate_interval` is made from', () => {
    const text = spec('').replace(
      'target: {',
      'target: { prometheus: { scrapeInterval: 45s, dialect: mimir },',
    );
    const { jsonData } = ofType(sourcesOf(text), 'prometheus');
    expect(jsonData).toMatchObject({ timeInterval: '45s', prometheusType: 'Mimir', httpMethod: 'POST' });
    expect(jsonData).not.toHaveProperty('prometheusVersion');
  });

  it('send the alerts of Grafana’s own rules to the Alertmanager of the spec only where there are such rules', () => {
    const handles = (grafana: string): unknown =>
      ofType(sourcesOf(spec(alerting, grafana)), 'alertmanager').jsonData['handleGrafanaManagedAlerts'];
    expect(handles('{}')).toBe(false);
    expect(handles('{ alerts: true }')).toBe(true);
  });
});

/**
 * What Grafana's documentation has below `jsonData`, as far as we write it: administration/provisioning (JSON Data),
 * datasources/prometheus/configure, datasources/tempo/configure-tempo-data-source/provision, datasources/jaeger/configure,
 * datasources/loki/configure-loki-data-source and datasources/alertmanager, at https://grafana.com/docs/grafana/v13.3/.
 */
const documented: Readonly<Record<string, readonly string[]>> = {
  prometheus: [
    ...[
      'httpMethod',
      'prometheusType',
      'prometheusVersion',
      'timeInterval',
      'manageAlerts',
      'alertmanagerUid',
    ],
    'exemplarTraceIdDestinations',
  ],
  tempo: ['tracesToLogsV2', 'tracesToMetrics', 'nodeGraph', 'serviceMap', 'search', 'traceQuery'],
  jaeger: ['tracesToLogsV2', 'tracesToMetrics', 'nodeGraph'],
  loki: ['derivedFields'],
  alertmanager: ['implementation', 'handleGrafanaManagedAlerts'],
};

it.each(cases)('the data sources of %s say nothing that Grafana’s documentation does not have', (name) => {
  for (const { type, jsonData } of sourcesOf(caseSpec(name)))
    expect(documented[type], type).toEqual(expect.arrayContaining(Object.keys(jsonData)));
});

describe('the way from one signal to another', () => {
  const sources = sourcesOf(spec(spans + logs));

  it('takes the label that the runtime writes into exemplars', () => {
    const span = {
      spanContext: () => ({
        traceId: '1'.repeat(32),
        spanId: '2'.repeat(16),
        traceFlags: TraceFlags.SAMPLED,
      }),
    } as unknown as Span;
    let labels: readonly string[] = [];
    withExemplarsOf(span, () => {
      labels = Object.keys(exemplarOf(1)?.labelSet ?? {});
    });
    const destinations = ofType(sources, 'prometheus').jsonData['exemplarTraceIdDestinations'];
    expect(destinations).toEqual([{ name: 'trace_id', datasourceUid: 'tempo', urlDisplayLabel: 'Trace' }]);
    expect(labels).toContain('trace_id');
  });

  it('takes the key that the runtime writes into lines', () => {
    const fields = ofType(sources, 'loki').jsonData['derivedFields'] as readonly Record<string, string>[];
    expect(fields[0]).toMatchObject({
      matcherType: 'label',
      matcherRegex: 'trace_id',
      url: '${__value.raw}',
    });
    expect(ownKeys).toContain('trace_id');
    const line =
      '{"time":"2026-11-20T00:00:00Z","trace_id":"0af7651916cd43dd8448eb211c80319c","event":"run.done"}';
    expect(new RegExp(fields[1]?.['matcherRegex'] ?? '').exec(line)?.[1]).toBe(
      '0af7651916cd43dd8448eb211c80319c',
    );
  });

  it('looks for ids in lines only where lines are not records of OTLP', () => {
    const otlp = spec(spans + logs.replace('{ events', '{ outputs: { otlp: true }, events'));
    expect(ofType(sourcesOf(otlp), 'loki').jsonData['derivedFields']).toHaveLength(1);
  });

  it('leads from a span to the lines around it', () => {
    expect(ofType(sources, 'tempo').jsonData['tracesToLogsV2']).toEqual({
      datasourceUid: 'loki',
      spanStartTimeShift: '-5m',
      spanEndTimeShift: '5m',
      tags: [{ key: 'service.name', value: 'service_name' }],
      filterByTraceID: true,
      filterBySpanID: false,
      customQuery: false,
    });
  });

  it('leads from a span to how long such spans take, of this service alone', () => {
    const scoped = spec(spans).replace('{ name: s }', '{ name: s, selector: { job: mine } }');
    expect(ofType(sourcesOf(scoped), 'tempo').jsonData['tracesToMetrics']).toMatchObject({
      queries: [
        {
          name: '95th percentile of run',
          query:
            'histogram_quantile(0.95, sum by (le) (rate(run_seconds_bucket{job="mine"}[$__rate_interval])))',
        },
      ],
    });
  });

  it('has the same links from Jaeger, without what only Tempo has', () => {
    const jaeger = ofType(sourcesOf(spec(`${spans}${logs}stack: { traces: { store: jaeger } }`)), 'jaeger');
    expect(Object.keys(jaeger.jsonData).sort()).toEqual(['nodeGraph', 'tracesToLogsV2', 'tracesToMetrics']);
    expect(jaeger.url).toBe('http://jaeger:16686');
  });
});
