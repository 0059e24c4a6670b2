import { describe, expect, it } from 'vitest';
import { collectorConfig, logAgentConfig, type Place } from '../../../../src/emit/stack/collector/index.js';
import { given, part, pipelines } from './spec.js';

const places: readonly Place[] = ['compose', 'kubernetes', 'native'];
const native = { traces: 'http://127.0.0.1:9318', logs: 'http://127.0.0.1:3100/otlp' };
const tail = '{ sampling: { tail: { rest: 0.1 } } }';

/** All strings of a configuration that name an address to listen on. */
function listens(config: object): readonly string[] {
  return [
    part(config, 'receivers', 'otlp', 'protocols', 'grpc', 'endpoint'),
    part(config, 'receivers', 'otlp', 'protocols', 'http', 'endpoint'),
    part(config, 'extensions', 'health_check', 'endpoint'),
    part(config, 'exporters', 'prometheus', 'endpoint'),
  ].map(String);
}

describe('the pipelines', () => {
  it.each(places)('refer to nothing that is not there, and leave nothing unused (%s)', (place) => {
    for (const written of [
      '{}',
      tail,
      '{ access: { tls: true, tenant: shop }, traces: { store: jaeger } }',
    ]) {
      const { model, stack } = given(written);
      const config = collectorConfig(model, stack, place, place === 'native' ? native : {});
      const used = Object.values(pipelines(config));
      const named = (kind: string): readonly string[] => Object.keys(part(config, kind) as object).sort();
      const connectors = named('connectors');
      const wanted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
      expect(wanted(used.flatMap(({ receivers }) => receivers))).toEqual(
        wanted([...named('receivers'), ...connectors]),
      );
      expect(wanted(used.flatMap(({ processors = [] }) => processors))).toEqual(named('processors'));
      expect(wanted(used.flatMap(({ exporters }) => exporters))).toEqual(
        wanted([...named('exporters'), ...connectors]),
      );
      expect(part(config, 'service', 'extensions')).toEqual(
        Object.keys(part(config, 'extensions') as object),
      );
    }
  });

  it.each(places)('limit memory before anything else, where something comes from outside (%s)', (place) => {
    const { model, stack } = given(tail);
    for (const { receivers, processors = [] } of Object.values(
      pipelines(collectorConfig(model, stack, place, native)),
    ))
      if (receivers.includes('otlp')) expect(processors[0]).toBe('memory_limiter');
  });

  it('count spans before they are sampled, and after secrets are hidden', () => {
    const { model, stack } = given(tail);
    const all = pipelines(collectorConfig(model, stack, 'compose'));
    expect(all['traces/received']).toEqual({
      receivers: ['otlp'],
      processors: ['memory_limiter', 'transform/content', 'redaction'],
      exporters: ['span_metrics', 'forward'],
    });
    expect(all['traces/kept']).toEqual({
      receivers: ['forward'],
      processors: ['tail_sampling'],
      exporters: ['otlp_http/traces'],
    });
    expect(all['metrics/spans']?.exporters).toEqual(['prometheus']);
  });

  it('keep every trace where the spec says nothing of sampling', () => {
    const { model, stack } = given();
    const config = collectorConfig(model, stack, 'compose');
    expect(pipelines(config)['traces']?.exporters).toEqual(['span_metrics', 'otlp_http/traces']);
    expect(part(config, 'processors', 'tail_sampling')).toBeUndefined();
  });

  it('end with the counting on a machine that has no stores', () => {
    const { model, stack } = given(tail);
    const config = collectorConfig(model, stack, 'native');
    expect(Object.keys(pipelines(config))).toEqual(['traces', 'metrics/spans', 'metrics']);
    expect(Object.keys(part(config, 'exporters') as object)).toEqual(['prometheus']);
  });
});

describe('what a Collector listens on', () => {
  it('is loopback on this machine, and all interfaces in a container', () => {
    const { model, stack } = given();
    for (const address of listens(collectorConfig(model, stack, 'native')))
      expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
    for (const place of ['compose', 'kubernetes'] as const)
      for (const address of listens(collectorConfig(model, stack, place)))
        expect(address).toMatch(/^0\.0\.0\.0:\d+$/);
    const own = part(collectorConfig(model, stack, 'native'), 'service', 'telemetry', 'metrics', 'readers');
    expect(own).toEqual([{ pull: { exporter: { prometheus: { host: '127.0.0.1', port: 8888 } } } }]);
  });

  it('is where several on one machine are told', () => {
    const { model, stack } = given();
    const ports = { grpc: 1, http: 2, health: 3, own: 4, spanMetrics: 5 };
    expect(
      listens(collectorConfig(model, stack, 'native', { ports })).map((each) => each.split(':')[1]),
    ).toEqual(['1', '2', '3', '5']);
  });
});

describe('the stores', () => {
  const endpoint = (written: string, place: Place = 'compose', signal = 'traces'): unknown => {
    const { model, stack } = given(written);
    return part(collectorConfig(model, stack, place, {}), 'exporters', `otlp_http/${signal}`, 'endpoint');
  };

  it('are those of the stack, under their names', () => {
    expect(endpoint('{}')).toBe('http://tempo:4318');
    expect(endpoint('{ traces: { store: jaeger } }')).toBe('http://jaeger:4318');
    expect(endpoint('{}', 'kubernetes', 'logs')).toBe('http://loki:3100/otlp');
    expect(endpoint('{ access: { tls: true } }')).toBe('https://tempo:4318');
  });

  it('are elsewhere where the spec says so, and then speak as their address says', () => {
    const { model, stack } = given(
      "{ traces: { endpoint: 'https://tempo.example.com' }, access: { tls: true } }",
    );
    const exporters = part(collectorConfig(model, stack, 'kubernetes'), 'exporters') as object;
    expect(part(exporters, 'otlp_http/traces', 'endpoint')).toBe('https://tempo.example.com');
    expect(part(exporters, 'otlp_http/traces', 'tls')).toBeUndefined();
    expect(part(exporters, 'otlp_http/logs', 'tls', 'ca_file')).toBe('/etc/obs-gen/tls/ca.crt');
  });

  it('are told the tenant', () => {
    const { model, stack } = given('{ access: { tenant: shop } }');
    const exporters = part(collectorConfig(model, stack, 'compose'), 'exporters') as object;
    for (const signal of ['traces', 'logs'])
      expect(part(exporters, `otlp_http/${signal}`, 'headers')).toEqual({ 'X-Scope-OrgID': 'shop' });
  });

  it('have a queue on disk where the place has one, and a bounded one in any case', () => {
    const { model, stack } = given('{ collector: { memory: 1GiB } }');
    const queue = (place: Place, options = {}): object =>
      part(
        collectorConfig(model, stack, place, { ...native, ...options }),
        'exporters',
        'otlp_http/traces',
        'sending_queue',
      ) as object;
    expect(queue('compose')).toMatchObject({
      storage: 'file_storage',
      sizer: 'bytes',
      queue_size: 2 * 1024 ** 3,
    });
    expect(queue('native')).toMatchObject({ storage: undefined, queue_size: 1024 ** 3 / 8 });
    expect(queue('native', { directory: '/tmp/x' })).toMatchObject({ storage: 'file_storage' });
  });
});

describe('access.tls', () => {
  it('asks everybody for a certificate', () => {
    const { model, stack } = given('{ access: { tls: true } }');
    const config = collectorConfig(model, stack, 'compose', { certificates: '/certs' });
    const server = {
      cert_file: '/certs/tls.crt',
      key_file: '/certs/tls.key',
      client_ca_file: '/certs/ca.crt',
    };
    expect(part(config, 'receivers', 'otlp', 'protocols', 'grpc', 'tls')).toEqual(server);
    expect(part(config, 'receivers', 'otlp', 'protocols', 'http', 'tls')).toEqual(server);
    expect(part(config, 'exporters', 'prometheus', 'tls')).toEqual(server);
  });
});

describe('memory', () => {
  it('is limited by the container, and by the spec where there is none', () => {
    const { model, stack } = given('{ collector: { memory: 1GiB } }');
    const limiter = (place: Place): unknown =>
      part(collectorConfig(model, stack, place), 'processors', 'memory_limiter');
    expect(limiter('compose')).toEqual({
      check_interval: '1s',
      limit_percentage: 80,
      spike_limit_percentage: 25,
    });
    expect(limiter('native')).toEqual({ check_interval: '1s', limit_mib: 819, spike_limit_mib: 256 });
  });
});

describe('the Collector of a node', () => {
  it('reads the files of its containers, hides secrets and listens to nobody', () => {
    const { model, stack } = given();
    const config = logAgentConfig(model, stack, { exceptLogFiles: ['/var/log/pods/own_*/*/*.log'] });
    expect(part(config, 'receivers')).toMatchObject({
      file_log: { include: ['/var/log/pods/*/*/*.log'], exclude: ['/var/log/pods/own_*/*/*.log'] },
    });
    expect(part(config, 'receivers', 'otlp')).toBeUndefined();
    expect(pipelines(config)['logs']?.processors).toEqual([
      'memory_limiter',
      'transform/logs',
      'transform/content',
      'redaction',
    ]);
  });
});
