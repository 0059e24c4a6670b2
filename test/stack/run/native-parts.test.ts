import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { emit } from '../../../src/emit/index.js';
import { stackPaths } from '../../../src/stack/paths.js';
import { stackFolder } from '../../../src/stack/run/folder.js';
import { choosePorts, usualPorts } from '../../../src/stack/run/native/ports.js';
import { prepareNative, type Prepared, type Wish } from '../../../src/stack/run/native/prepare.js';
import { StackFault } from '../../../src/stack/run/stack-fault.js';
import { modelOf } from '../../support/model.js';
import { fakeProgram } from './fake-program.js';

const spec = `version: 1
service: { name: checkout, owner: payments }
metrics:
  runs_total: { type: counter, help: Runs. }
alerts:
  NoRuns: { expr: 'rate(runs_total[5m]) == 0', for: 10m, severity: page, summary: No runs., description: None. }
stack:
  service: { port: 9500, tokenFile: /run/secrets/page-token }
  pushgateway: true
  metrics: { remoteWrite: { url: https://metrics.example.com/api/v1/push } }
  traces: { store: jaeger }
  access: { tls: true, tenant: shop }
  alertmanager:
    page: { slack: { webhookFile: /run/secrets/slack, channel: '#shop' } }
`;

type Yaml = Readonly<Record<string, never>>;

let folder: string;
let out: string;
let all: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-parts-'));
  out = join(folder, 'generated');
  all = join(folder, 'programs');
  mkdirSync(all);
  for (const name of ['prometheus', 'alertmanager', 'pushgateway', 'otelcol-contrib', 'loki', 'jaeger'])
    fakeProgram(all, name);
  mkdirSync(join(out, 'alertmanager'), { recursive: true });
  mkdirSync(join(out, stackPaths.secrets), { recursive: true });
  const file = emit(modelOf(spec), ['alertmanager'])[0];
  writeFileSync(join(out, stackPaths.alertmanager), file?.content ?? '');
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function prepare(more: Partial<Wish> = {}): Promise<Prepared> {
  const model = modelOf(spec);
  if (model.stack === undefined) throw new Error('the spec has no stack');
  return prepareNative({
    model,
    stack: model.stack,
    out,
    folder: stackFolder(join(folder, 'observability.yaml'), undefined),
    targets: [],
    alertsTo: { webhook: 'http://127.0.0.1:5001/all' },
    autoPorts: true,
    env: { PATH: '', OBSGEN_STACK_PROGRAMS: all, OBSGEN_PROMETHEUS: '' },
    signal: AbortSignal.timeout(30_000),
    ...more,
  });
}

function configOf({ parts }: Prepared, part: string): unknown {
  return parse(parts.find((each) => each.part === part)?.configs[0]?.content ?? '');
}

describe('the plan of a stack on this machine', () => {
  it('starts stores before what sends to them, and Prometheus last', async () => {
    const { parts } = await prepare();
    expect(parts.map(({ part }) => part)).toEqual([
      'loki',
      'jaeger',
      'pushgateway',
      'collector',
      'alertmanager',
      'prometheus',
    ]);
    const listening = parts.flatMap(({ configs, args }) => [
      ...args,
      ...configs.map(({ content }) => content),
    ]);
    expect(listening.join('\n')).not.toMatch(
      /0\.0\.0\.0|host\.docker|https:\/\/metrics|\/etc\/obs-gen|:\/loki/,
    );
  });

  it('lets Prometheus scrape what runs, and send nothing away', async () => {
    const prepared = await prepare({ targets: ['127.0.0.1:9600'] });
    const config = configOf(prepared, 'prometheus') as Yaml & {
      readonly rule_files: readonly string[];
      readonly scrape_configs: readonly { readonly job_name: string }[];
    };
    expect(config.rule_files).toEqual([join(out, 'prometheus/rules/*.yaml')]);
    expect(config).not.toHaveProperty('remote_write');
    expect(config.scrape_configs[0]).toMatchObject({
      job_name: 'checkout',
      static_configs: [{ targets: ['127.0.0.1:9600'] }],
    });
    expect(config.scrape_configs.map(({ job_name }) => job_name).sort()).toEqual(
      [
        'alertmanager',
        'checkout',
        'collector',
        'jaeger',
        'loki',
        'prometheus',
        'pushgateway',
        'span-metrics',
      ].sort(),
    );
    expect(JSON.stringify(config)).not.toContain('tls_config');
  });

  it('joins Collector and stores by the ports that they were given', async () => {
    const prepared = await prepare();
    const jaeger = prepared.parts.find(({ part }) => part === 'jaeger');
    const loki = prepared.parts.find(({ part }) => part === 'loki');
    expect(configOf(prepared, 'collector')).toMatchObject({
      exporters: {
        'otlp_http/traces': { endpoint: jaeger?.also?.['otlpHttp'] },
        'otlp_http/logs': { endpoint: `${loki?.url ?? ''}/otlp`, headers: { 'X-Scope-OrgID': 'shop' } },
      },
    });
    const port = Number(new URL(loki?.url ?? '').port);
    expect(configOf(prepared, 'loki')).toMatchObject({
      server: { http_listen_address: '127.0.0.1', http_listen_port: port },
      common: { path_prefix: join(folder, '.obs-gen/stack/data/loki') },
    });
  });

  it('sends all alerts to the webhook, by the routes of the spec', async () => {
    expect(configOf(await prepare(), 'alertmanager')).toMatchObject({
      receivers: [
        { name: 'page', webhook_configs: [{ url: 'http://127.0.0.1:5001/all', send_resolved: true }] },
      ],
    });
    const { receivers } = configOf(await prepare({ alertsTo: 'nobody' }), 'alertmanager') as Yaml;
    expect(receivers).toEqual([{ name: 'page' }]);
  });

  it('wants the secrets of the receivers where they are to be told', async () => {
    const fault: unknown = await prepare({ alertsTo: 'receivers' }).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(StackFault);
    expect((fault as StackFault).help[0]).toBe(
      `${join(out, 'stack/secrets/slack')}: the address of Slack's webhook, for pages`,
    );
    expect((fault as StackFault).help.join('\n')).toContain('--webhook URL');

    const given = join(out, 'stack/secrets/slack');
    writeFileSync(given, 'https://hooks.example.com/1');
    try {
      const config = configOf(await prepare({ alertsTo: 'receivers' }), 'alertmanager');
      expect(config).toMatchObject({
        receivers: [{ name: 'page', slack_configs: [{ api_url_file: given }] }],
      });
    } finally {
      rmSync(given);
    }
  });

  it('says what is left out, and what is not as in production', async () => {
    const { notes } = await prepare();
    expect(notes).toEqual([
      'without TLS: all parts listen on loopback alone',
      'samples are not sent to https://metrics.example.com/api/v1/push',
      `${join(out, 'stack/secrets/page-token')} is missing: the token that the metrics page of the service asks for`,
      'alerts go to http://127.0.0.1:5001/all',
    ]);
    const few = join(folder, 'few');
    mkdirSync(few);
    for (const name of ['prometheus', 'prometheus-alertmanager', 'prometheus-pushgateway'])
      fakeProgram(few, name);
    const without = await prepare({ env: { PATH: few } });
    expect(without.parts.map(({ part }) => part)).toEqual(['pushgateway', 'alertmanager', 'prometheus']);
    expect(without.notes.join('\n')).toMatch(
      /no collector: .*\n.*no loki: logs are not stored.*\n.*no jaeger/s,
    );
  });

  it('names the programs that cannot be done without', async () => {
    const attempt = prepare({ env: { PATH: '' } });
    await expect(attempt).rejects.toThrow('there is no program for prometheus, pushgateway, alertmanager');
  });
});

describe('the ports of a stack on this machine', () => {
  it('are the usual ones, or who has one is named', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    const choose = (): Promise<unknown> => choosePorts(['alertmanager'], false, () => ({ api: port }));
    const fault: unknown = await choose().catch((error: unknown) => error);
    await new Promise((resolve) => server.close(resolve));
    expect(fault).toBeInstanceOf(StackFault);
    const holder = process.platform === 'linux' ? `.+ \\(process ${process.pid}\\)` : 'somebody';
    expect((fault as StackFault).help[0]).toMatch(
      new RegExp(`^127\\.0\\.0\\.1:${port}, for alertmanager: taken by ${holder}$`),
    );
    expect((fault as StackFault).help.join('\n')).toContain('--ports auto');
    expect(await choose()).toEqual(new Map([['alertmanager', { api: port }]]));
  });

  it('of a store that has no Collector in front of it are the well-known ones', () => {
    const wellKnown = { otlpGrpc: 4317, otlpHttp: 4318 };
    expect(usualPorts('tempo', false)).toMatchObject(wellKnown);
    expect(usualPorts('collector', true)).toMatchObject(wellKnown);
    expect(usualPorts('tempo', true)).toMatchObject({ otlpGrpc: 14317, otlpHttp: 14318 });
  });

  it('are never asked for twice', () => {
    const parts = [
      'prometheus',
      'alertmanager',
      'pushgateway',
      'collector',
      'loki',
      'tempo',
      'preview',
    ] as const;
    for (const store of ['tempo', 'jaeger'] as const) {
      const others = parts.filter((part) => part !== 'tempo');
      const ports = [...others, store].flatMap((part) =>
        Object.values<number>({ ...usualPorts(part, true) }),
      );
      expect(new Set(ports).size).toBe(ports.length);
    }
  });
});
