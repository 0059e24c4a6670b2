import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printYaml } from '../../../src/encode/yaml.js';
import { alertmanagerPath } from '../../../src/emit/alertmanager/emitter.js';
import { emit } from '../../../src/emit/index.js';
import { prometheusConfig } from '../../../src/emit/stack/prometheus.js';
import { missingProgram } from '../../support/program.js';
import { RunningProgram } from '../../support/running-program.js';
import { tempo, tempoTrace } from './answers.js';
import { FakePart, type Reply } from './fake-part.js';
import { ask, shop, visit, visitAll } from './visit.js';

const trace = '0af7651916cd43dd8448eb211c80319c';

/** The page of a service with the helpers; each request that is not a scrape is counted, with an exemplar. */
function page(requests: number): Reply {
  const labels = 'method="GET",route="/orders"';
  const lines = [
    // While nothing is lost it has no rows.
    '# TYPE obsgen_dropped counter',
    '# TYPE http_server_requests counter',
    `http_server_requests_total{${labels},status_class="2xx"} ${requests}`,
    '# TYPE http_server_request_duration_seconds histogram',
    `http_server_request_duration_seconds_bucket{${labels},le="0.1"} ${requests} # {trace_id="${trace}"} 0.05 ${Date.now() / 1000}`,
    `http_server_request_duration_seconds_bucket{${labels},le="+Inf"} ${requests}`,
    `http_server_request_duration_seconds_count{${labels}} ${requests}`,
    `http_server_request_duration_seconds_sum{${labels}} ${requests * 0.05}`,
    '# EOF',
    '',
  ];
  return {
    body: lines.join('\n'),
    headers: { 'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8' },
  };
}

/** Writes what the spec compiles to, with its files changed. */
function build(folder: string, change: (path: string, content: string) => string | undefined): void {
  for (const { path, content } of emit(shop(), ['prometheus-rules', 'alertmanager'])) {
    const changed = change(path, content);
    if (changed === undefined) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), changed);
  }
}

/** Asks again until a check is fine: Prometheus needs a scrape and an evaluation of each first. */
async function settled(addresses: Parameters<typeof ask>[0], id: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await ask(addresses, id)).verdict === 'ok') return;
    await sleep(200);
  }
}

const missing = missingProgram('prometheus') || missingProgram('prometheus-alertmanager');

describe.skipIf(missing)('a Prometheus and an Alertmanager', () => {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-doctor-'));
  const stops: (() => Promise<void>)[] = [];
  let requests = 3;
  let service: FakePart;
  let store: FakePart;

  /** Starts both on what stands in a folder. */
  async function start(name: string, flags: readonly string[]) {
    const own = join(folder, name);
    const alertmanager = await RunningProgram.start('prometheus-alertmanager', (listen) => [
      `--config.file=${join(own, alertmanagerPath)}`,
      `--storage.path=${join(own, 'notifications')}`,
      `--web.listen-address=${listen}`,
      '--cluster.listen-address=',
    ]);
    stops.push(() => alertmanager.stop());
    const { stack } = shop();
    if (stack === undefined) throw new Error('the spec has no stack');
    const prometheus = await RunningProgram.start('prometheus', (listen) => {
      const addresses = { prometheus: listen, alertmanager: new URL(alertmanager.address).host };
      const config = prometheusConfig(shop(), stack, {
        addressOf: (part) => addresses[part as keyof typeof addresses],
        rulesGlob: join(own, 'prometheus', 'rules', '*.yaml'),
        targets: [new URL(service.url).host],
        parts: ['prometheus', 'alertmanager'],
      });
      writeFileSync(join(own, 'prometheus.yaml'), printYaml(config, 'A test.'));
      return [
        `--config.file=${join(own, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${join(own, 'data')}`,
        `--web.listen-address=${listen}`,
        '--rules.alert.resend-delay=1s',
        ...flags,
      ];
    });
    stops.push(() => prometheus.stop());
    return {
      ...{ service: service.url, tempo: store.url },
      ...{ prometheus: prometheus.address, alertmanager: alertmanager.address },
    };
  }

  let right: Awaited<ReturnType<typeof start>>;
  let wrong: typeof right;

  beforeAll(async () => {
    store = await FakePart.start(tempo((id) => (id === trace ? tempoTrace('shop', 'x') : { status: 404 })));
    service = await FakePart.start({
      '/health': {},
      '/metrics': () => page(requests),
      '/orders': () => {
        requests += 1;
        return {};
      },
    });
    stops.push(
      () => store.close(),
      () => service.close(),
    );
    build(join(folder, 'right'), (_, content) => content);
    build(join(folder, 'wrong'), (path, content) => {
      if (path === alertmanagerPath)
        return content.replace('severity="page"', 'severity="sev1"').replace('/ticket', '/other');
      return path.includes('-slo-') ? undefined : tampered(content);
    });
    [right, wrong] = await Promise.all([
      start('right', ['--storage.tsdb.retention.time=45d', '--enable-feature=exemplar-storage']),
      start('wrong', ['--web.enable-lifecycle', '--web.enable-admin-api']),
    ]);
    await Promise.all(['rules.health', 'alert.delivery', 'scrape.targets'].map((id) => settled(right, id)));
  });

  afterAll(async () => {
    await Promise.allSettled(stops.reverse().map((stop) => stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  /** The rules of the alerts, by another hand. */
  function tampered(content: string): string {
    return content
      .replace('for: 5m', 'for: 7m')
      .replace('fail with a status of 5xx.', 'fail.')
      .replace('name: shop:heartbeat', 'name: shop:old')
      .replace('> 0.2', '> 0.3');
  }

  test('all is well: nothing is found, and nothing is left out that could be asked', async () => {
    const request = { method: 'GET', path: '/orders', body: undefined, named: true };
    const answered = await visitAll(right, undefined, { request, wait: 5 });
    const bad = answered.filter(
      ({ outcome }) => outcome.verdict === 'failed' || outcome.verdict === 'warning',
    );
    expect(bad.map(({ check, outcome }) => ({ id: check.id, ...outcome }))).toEqual([]);
    const fine = answered.filter(({ outcome }) => outcome.verdict === 'ok').map(({ check }) => check.id);
    expect(fine).toEqual([
      ...['ready.service', 'ready.prometheus', 'ready.alertmanager', 'ready.tempo'],
      ...['scrape.targets', 'rules.health', 'rules.drift', 'alertmanager.routes', 'metric.service'],
      ...['exemplar.chain', 'alert.delivery', 'alert.sending', 'alert.silences'],
      ...['storage.retention', 'storage.series', 'storage.samples'],
      ...['clock.skew', 'access.prometheus', 'access.listening'],
    ]);
    const seen = Object.fromEntries(answered.map(({ check, outcome }) => [check.id, outcome.seen]));
    expect(seen['ready.prometheus']).toMatch(/^ready, version \d+\.\d+\.\d+/);
    expect(seen['metric.service']).toMatch(/http_server_requests_total went from \d+ to \d+$/);
    expect(seen['exemplar.chain']).toContain('1 of the 1 newest trace');
  });

  test('rules that somebody changed are named, and no others', async () => {
    const { verdict, details } = await ask(wrong, 'rules.drift');
    expect(verdict).toBe('failed');
    const groups = [...readRules(join(folder, 'right'), '-slo-').matchAll(/- name: (\S+)/g)].map(
      ([, name]) => name,
    );
    expect(groups).toHaveLength(3);
    expect([...(details ?? [])].toSorted()).toEqual(
      [
        ...groups.map((name) => `missing: the group ${name ?? ''}`),
        'missing: the group shop:heartbeat',
        'changed: shop:alerts: HttpServerErrors: for is 7m and not 5m; annotation summary',
        'changed: shop:alerts: HttpClientErrors: the expression',
        'superfluous: the group shop:old',
      ].toSorted(),
    );
  });

  test('routes that somebody changed are named', async () => {
    const { verdict, details } = await ask(wrong, 'alertmanager.routes');
    expect(verdict).toBe('failed');
    expect(details).toEqual([
      expect.stringMatching(/^missing route: \{\}\{severity=page\} to page, /),
      expect.stringMatching(/^superfluous route: \{\}\{severity=sev1\} to page, /),
    ]);
  });

  test('what a Prometheus with the wrong flags lacks', async () => {
    const outcomes = await visit(wrong, [
      'storage.retention',
      'exemplar.chain',
      'access.prometheus',
      'alert.delivery',
    ]);
    expect(outcomes['storage.retention']?.seen).toContain(
      'samples are kept for 15d, and the spec counts on 45d',
    );
    expect(outcomes['exemplar.chain']?.seen).toBe('Prometheus keeps no exemplars');
    expect(outcomes['access.prometheus']?.details).toHaveLength(2);
    expect(outcomes['alert.delivery']?.verdict).toBe('ok');
  });

  test('an alert that is silenced', async () => {
    const silence = {
      matchers: [{ name: 'service', value: 'shop', isRegex: false, isEqual: true }],
      startsAt: new Date().toISOString(),
      endsAt: new Date(Date.now() + 60_000).toISOString(),
      createdBy: 'kim',
      comment: 'quiet',
    };
    const response = await fetch(`${wrong.alertmanager}/api/v2/silences`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(silence),
    });
    expect(response.status).toBe(200);
    await response.body?.cancel();
    expect((await ask(wrong, 'alert.silences')).verdict).toBe('failed');
  });

  test('a page that is no page', async () => {
    service.answer({ '/metrics': { body: 'not metrics at all' } });
    let outcome = await ask(right, 'scrape.targets');
    for (let attempt = 0; attempt < 30 && outcome.verdict !== 'failed'; attempt += 1) {
      await sleep(200);
      outcome = await ask(right, 'scrape.targets');
    }
    expect(outcome.verdict).toBe('failed');
    expect(outcome.details?.[0]).toMatch(/^shop 127\.0\.0\.1:\d+: down: .+/);
  });
});

function readRules(folder: string, part: string): string {
  const rules = join(folder, 'prometheus', 'rules');
  return readdirSync(rules)
    .filter((name) => name.includes(part))
    .map((name) => readFileSync(join(rules, name), 'utf8'))
    .join('\n');
}
