import type { Asked, Reply, Routes } from './fake-part.js';

/**
 * The APIs of the parts that no test can start, in the shapes that they document:
 * Prometheus https://prometheus.io/docs/prometheus/latest/querying/api/
 * Loki https://grafana.com/docs/loki/latest/reference/loki-http-api/
 * Tempo https://grafana.com/docs/tempo/latest/api_docs/
 * Jaeger https://www.jaegertracing.io/docs/latest/apis/
 * Grafana https://grafana.com/docs/grafana/latest/developers/http_api/
 * OTLP https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */

/** An answer of Prometheus's API. */
export function prometheusSays(data: unknown): Reply {
  return { body: { status: 'success', data } };
}

/** Prometheus, ready, with rows for queries that contain a text. */
export function prometheus(rows: Readonly<Record<string, readonly Row[]>> = {}, more: Routes = {}): Routes {
  return {
    '/-/ready': { body: 'Prometheus Server is Ready.\n' },
    '/api/v1/status/buildinfo': prometheusSays({ version: '3.13.2' }),
    '/api/v1/query': ({ query }) => {
      const expr = query.get('query') ?? '';
      const now = Date.now() / 1000;
      if (expr === 'time()') return prometheusSays({ resultType: 'scalar', result: [now, String(now)] });
      const found = Object.entries(rows).find(([part]) => expr.includes(part))?.[1] ?? [];
      return prometheusSays({
        resultType: 'vector',
        result: found.map(({ labels = {}, value }) => ({ metric: labels, value: [now, String(value)] })),
      });
    },
    ...more,
  };
}

/** A row of an instant query. */
export interface Row {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A Collector that hands everything to a test. */
export function collector(
  take: (signal: string, body: unknown) => Reply | undefined = () => undefined,
): Routes {
  const signal =
    (name: string) =>
    ({ body }: Asked): Reply =>
      take(name, JSON.parse(body)) ?? { body: { partialSuccess: {} } };
  return { '/v1/traces': signal('traces'), '/v1/logs': signal('logs'), '/v1/metrics': signal('metrics') };
}

/** A trace of one span, as Tempo 2.7 and later answer `/api/v2/traces/ID`. */
export function tempoTrace(service: string, span: string): Reply {
  return { body: { trace: { resourceSpans: resourceSpans(service, span) }, metrics: {} } };
}

export function resourceSpans(service: string, span: string): readonly object[] {
  return [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
      scopeSpans: [
        { scope: { name: 'obs-gen' }, spans: [{ traceId: 'W43/+F', spanId: 'Iw==', name: span }] },
      ],
    },
  ];
}

/** Lines as `query_range` answers them. */
export function lokiLines(lines: readonly string[]): Reply {
  const values = lines.map((line) => ['1790000000000000000', line]);
  const result = lines.length === 0 ? [] : [{ stream: { service_name: 'shop' }, values }];
  return { body: { status: 'success', data: { resultType: 'streams', result, stats: {} } } };
}

export function loki(query: (logQl: string) => readonly string[] = () => []): Routes {
  return {
    '/ready': { body: 'ready\n' },
    '/loki/api/v1/status/buildinfo': { body: { version: '3.7.6' } },
    '/loki/api/v1/query_range': ({ query: parameters }) => lokiLines(query(parameters.get('query') ?? '')),
  };
}

export function tempo(trace: (id: string) => Reply = () => ({ status: 404 })): Routes {
  return {
    '/ready': { body: 'ready\n' },
    '/api/status/buildinfo': { body: { version: '3.0.3' } },
    '/api/v2/traces/': ({ path }) => trace(path.slice('/api/v2/traces/'.length)),
  };
}
