import { describe, expect, it } from 'vitest';
import { balancerConfig, collectorConfig } from '../../../../src/emit/stack/collector/index.js';
import { given, part, pipelines } from './spec.js';

const exporter = (config: object, signal: string): object =>
  part(config, 'exporters', `load_balancing/${signal}`) as object;

describe('the balancer', () => {
  const { model, stack } = given('{ collector: { instances: 3 } }');

  it('sends traces and their lines by trace id, and the series of a service to one Collector', () => {
    const config = balancerConfig(model, stack, 'compose');
    expect(part(exporter(config, 'traces'), 'routing_key')).toBe('traceID');
    expect(part(exporter(config, 'logs'), 'routing_key')).toBe('traceID');
    expect(part(exporter(config, 'metrics'), 'routing_key')).toBe('service');
    for (const [signal, pipeline] of Object.entries(pipelines(config)))
      expect(pipeline.exporters).toEqual([`load_balancing/${signal}`]);
  });

  it('finds the others as the place has them', () => {
    const resolver = (place: 'compose' | 'kubernetes' | 'native', collectors?: readonly string[]): unknown =>
      part(exporter(balancerConfig(model, stack, place, { collectors }), 'traces'), 'resolver');
    expect(resolver('compose')).toEqual({ dns: { hostname: 'collector', port: '4317', interval: '5s' } });
    expect(resolver('kubernetes', ['shop-collector.observability'])).toEqual({
      k8s: { service: 'shop-collector.observability', ports: [4317] },
    });
    expect(resolver('native', ['127.0.0.1:1', '127.0.0.1:2'])).toEqual({
      static: { hostnames: ['127.0.0.1:1', '127.0.0.1:2'] },
    });
  });

  it('shows its certificate, and asks the others for one in the name of all', () => {
    const own = given('{ collector: { instances: 3 }, access: { tls: true } }');
    const config = balancerConfig(own.model, own.stack, 'compose');
    expect(part(exporter(config, 'traces'), 'protocol', 'otlp', 'tls')).toEqual({
      ca_file: '/etc/obs-gen/tls/ca.crt',
      cert_file: '/etc/obs-gen/tls/tls.crt',
      key_file: '/etc/obs-gen/tls/tls.key',
      server_name_override: 'collector',
    });
  });

  it('reads the log files, which the others leave to it', () => {
    expect(part(balancerConfig(model, stack, 'compose'), 'receivers', 'file_log')).toBeDefined();
    expect(part(collectorConfig(model, stack, 'compose'), 'receivers', 'file_log')).toBeUndefined();
    expect(part(balancerConfig(model, stack, 'kubernetes'), 'receivers', 'file_log')).toBeUndefined();
  });
});

describe('log files', () => {
  const included = (stack: string, more = ''): unknown => {
    const own = given(stack, more);
    return part(collectorConfig(own.model, own.stack, 'compose'), 'receivers', 'file_log', 'include');
  };

  it("are those of the spec, or the containers'", () => {
    expect(included('{}')).toEqual(['/var/lib/docker/containers/*/*-json.log']);
    expect(included('{ collector: { logFiles: [/var/log/shop/*.log] } }')).toEqual(['/var/log/shop/*.log']);
  });

  it('are left alone where their lines come over OTLP, unless the spec names them', () => {
    const otlp = 'logs: { outputs: { otlp: true } }';
    expect(included('{}', otlp)).toBeUndefined();
    expect(included('{ collector: { logFiles: [/var/log/shop/*.log] } }', otlp)).toBeDefined();
  });

  it('have an envelope only where a container engine wrote them', () => {
    const types = (stack: string): readonly string[] => {
      const own = given(stack);
      const receiver = part(
        collectorConfig(own.model, own.stack, 'compose'),
        'receivers',
        'file_log',
        'operators',
      );
      return (receiver as readonly { type: string }[]).map(({ type }) => type);
    };
    expect(types('{}')[0]).toBe('container');
    expect(types('{ collector: { logFiles: [/var/log/shop/*.log] } }')).not.toContain('container');
  });
});
