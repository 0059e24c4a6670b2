import { describe, expect, it } from 'vitest';
import { printYaml } from '../../../src/encode/yaml.js';
import { prometheusConfig, type PrometheusPlace } from '../../../src/emit/stack/prometheus.js';
import { serviceJob } from '../../../src/emit/stack/scrape.js';
import { modelOf } from '../../support/model.js';
import { describeWithPromtool, promtool } from '../../support/promtool.js';
import { receivers, specWith, stackOf } from './spec.js';

interface Scrape {
  readonly job_name: string;
  readonly scheme?: string;
  readonly honor_labels?: boolean;
  readonly metrics_path?: string;
  readonly authorization?: { readonly credentials_file: string };
  readonly tls_config?: { readonly server_name?: string };
  readonly static_configs?: readonly {
    readonly targets: readonly string[];
    readonly labels?: Readonly<Record<string, string>>;
  }[];
  readonly dns_sd_configs?: readonly { readonly names: readonly string[]; readonly port: number }[];
  readonly relabel_configs?: readonly { readonly target_label: string; readonly replacement: string }[];
}

interface Config {
  readonly global: Readonly<Record<string, string | boolean | undefined>>;
  readonly alerting?: { readonly alertmanagers: readonly { readonly scheme?: string }[] };
  readonly remote_write?: readonly {
    readonly headers?: object;
    readonly authorization?: { credentials_file: string };
  }[];
  readonly scrape_configs: readonly Scrape[];
}

const place: PrometheusPlace = {
  addressOf: (part) => `${part === 'spanMetrics' ? 'collector' : part}:1234`,
  rulesGlob: 'rules/*.yaml',
  targets: ['localhost:9464'],
};

function configOf(section: string, more = '', at: PrometheusPlace = place): Config {
  const { model, stack } = stackOf(section, more);
  return prometheusConfig(model, stack, at) as Config;
}

function jobOf({ scrape_configs }: Config, name: string): Scrape {
  const found = scrape_configs.find(({ job_name }) => job_name === name);
  if (found === undefined) throw new Error(`${name} is not scraped`);
  return found;
}

describe('what is scraped', () => {
  it('is the service and every part, each under a name of its own', () => {
    const { scrape_configs } = configOf(`pushgateway: true\ngpuExporter: true\n${receivers}`);
    expect(scrape_configs.map(({ job_name }) => job_name)).toEqual([
      'shop',
      'prometheus',
      'alertmanager',
      'grafana',
      'collector',
      'span-metrics',
      'loki',
      'tempo',
      'pushgateway',
      'gpu',
    ]);
  });

  it('carries the labels that the rules ask for', () => {
    const config = configOf('gpuExporter: true', ', selector: { job: desk, env: "a$1" }');
    expect(jobOf(config, 'desk').static_configs).toEqual([
      { targets: ['localhost:9464'], labels: { env: 'a$1' } },
    ]);
    // The exporter's metrics are the spec's; a dollar sign alone would be a group of the expression.
    expect(jobOf(config, 'gpu').relabel_configs).toEqual([
      { target_label: 'job', replacement: 'desk' },
      { target_label: 'env', replacement: 'a$$1' },
    ]);
  });

  it('keeps apart a service that is called like a part', () => {
    const text = specWith('{}', '').replace('name: shop', 'name: grafana');
    const model = modelOf(text);
    if (model.stack === undefined) throw new Error('no stack');
    const { scrape_configs } = prometheusConfig(model, model.stack, place) as Config;
    const names = scrape_configs.map(({ job_name }) => job_name);
    expect(serviceJob(model)).toBe('grafana');
    expect(names).toContain('grafana-of-the-stack');
    expect(new Set(names).size).toBe(names.length);
  });

  it('is asked as the spec says', () => {
    const section =
      'service: { path: /stats, scheme: https, tokenFile: /run/secrets/token, targets: ["a:1", "b:2"] }';
    const service = jobOf(configOf(section, '', { ...place, fileOf: (file) => `/here${file}` }), 'shop');
    expect(service).toMatchObject({
      metrics_path: '/stats',
      scheme: 'https',
      authorization: { credentials_file: '/here/run/secrets/token' },
      static_configs: [{ targets: ['a:1', 'b:2'] }],
    });
    // The service's certificate is not of the stack's authority where the stack has none.
    expect(service.tls_config).toBeUndefined();
  });

  it('leaves the labels of what was pushed alone, and those of nothing else', () => {
    const { scrape_configs } = configOf('pushgateway: true');
    const honoured = scrape_configs.filter(({ honor_labels }) => honor_labels === true);
    expect(honoured.map(({ job_name }) => job_name)).toEqual(['pushgateway']);
  });

  it('is every Collector where one name stands for several', () => {
    const config = configOf('collector: { instances: 3 }', '', { ...place, areNamesShared: true });
    expect(jobOf(config, 'collector').dns_sd_configs).toMatchObject([{ names: ['collector'], port: 1234 }]);
    expect(jobOf(config, 'span-metrics').dns_sd_configs).toHaveLength(1);
    expect(jobOf(config, 'balancer').static_configs).toHaveLength(1);
  });

  it('is behind TLS where the parts speak it, but for what a Collector tells of itself', () => {
    const config = configOf(
      `access: { tls: true }\ntraces: { store: jaeger }\ngpuExporter: true\n${receivers}`,
    );
    const plain = config.scrape_configs.filter(({ scheme }) => scheme !== 'https');
    expect(plain.map(({ job_name }) => job_name)).toEqual(['shop', 'collector', 'jaeger', 'gpu']);
    expect(jobOf(config, 'span-metrics').tls_config?.server_name).toBe('collector');
    expect(config.alerting?.alertmanagers[0]?.scheme).toBe('https');
  });

  it('is only what runs, where a place says so', () => {
    const config = configOf(receivers, '', { ...place, parts: ['prometheus'] });
    expect(config.scrape_configs.map(({ job_name }) => job_name)).toEqual(['shop', 'prometheus']);
    expect(config.alerting).toBeUndefined();
  });
});

describe('the rest', () => {
  it('has no timeout that is longer than the interval', () => {
    const text = specWith('{}').replace('stack:', 'target: { prometheus: { scrapeInterval: 3s } }\nstack:');
    const model = modelOf(text);
    if (model.stack === undefined) throw new Error('no stack');
    const { global } = prometheusConfig(model, model.stack, place) as Config;
    expect(global).toMatchObject({ scrape_interval: '3s', scrape_timeout: '3s' });
  });

  it.each([
    ['3.7', undefined],
    ['3.8', true],
  ])('of Prometheus %s: native histograms are %s', (version, expected) => {
    const text = specWith('{}').replace(
      'stack:',
      `target: { prometheus: { version: "${version}" } }\nstack:`,
    );
    const model = modelOf(text);
    if (model.stack === undefined) throw new Error('no stack');
    const { global } = prometheusConfig(model, model.stack, place) as Config;
    expect(global['scrape_native_histograms']).toBe(expected);
    expect(global['always_scrape_classic_histograms']).toBe(expected);
  });

  it('tells nobody where Grafana evaluates the alerts', () => {
    const text = specWith(receivers).replace('stack:', 'target: { grafana: { alerts: true } }\nstack:');
    const model = modelOf(text);
    if (model.stack === undefined) throw new Error('no stack');
    expect((prometheusConfig(model, model.stack, place) as Config).alerting).toBeUndefined();
  });

  it('sends samples on with the tenant and the token', () => {
    const section =
      'access: { tenant: desk }\nmetrics: { remoteWrite: { url: "https://m/push", tokenFile: /run/secrets/m } }';
    expect(configOf(section).remote_write).toMatchObject([
      { headers: { 'X-Scope-OrgID': 'desk' }, authorization: { credentials_file: '/run/secrets/m' } },
    ]);
  });
});

describeWithPromtool('promtool', () => {
  it.each(['{}', 'collector: { instances: 2 }', `pushgateway: true\n${receivers}`])('takes %s', (section) => {
    const { model, stack } = stackOf(section, ', selector: { job: shop, env: prod }');
    const config = printYaml(prometheusConfig(model, stack, { ...place, areNamesShared: true }));
    const { status, output } = promtool(['check', 'config', 'prometheus.yaml'], {
      'prometheus.yaml': config,
    });
    expect(output).toContain('is valid prometheus config file syntax');
    expect(status).toBe(0);
  });
});
