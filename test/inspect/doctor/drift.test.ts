import { describe, expect, test } from 'vitest';
import { allDashboards } from '../../../src/dashboards/index.js';
import { buildDashboard } from '../../../src/emit/grafana/build.js';
import { withAlertNamespace } from '../../../src/emit/kubernetes/alert-namespace.js';
import { ruleGroupFiles } from '../../../src/emit/prometheus/files.js';
import { dataSources } from '../../../src/emit/grafana-provisioning/data-sources.js';
import { printJson } from '../../../src/encode/json.js';
import { canonical } from '../../../src/inspect/doctor/drift/compare-rules.js';
import { outputHashes } from '../../../src/inspect/doctor/drift/hash.js';
import { printPromql } from '../../../src/promql/print.js';
import type { RuleGroup } from '../../../src/promql/rule.js';
import { modelOf } from '../../support/model.js';
import { loki, prometheus, prometheusSays } from './answers.js';
import type { Routes } from './fake-part.js';
import { ask, part, shop, spec } from './visit.js';

type Board = Record<string, unknown> & { readonly uid: string; panels: Record<string, unknown>[] };

/** The dashboards of the spec, as Grafana tells of them: with an id and a version of its own. */
function stored(): readonly Board[] {
  return allDashboards(shop()).map(
    (dashboard, index) =>
      ({
        ...(JSON.parse(printJson(buildDashboard(shop(), dashboard))) as Board),
        id: index + 1,
        version: 7,
      }) satisfies Board,
  );
}

function grafana(boards: readonly Board[], more: Routes = {}): Routes {
  return {
    '/api/health': { body: { database: 'ok', version: '13.2.0' } },
    '/api/dashboards/uid/': ({ path }) => {
      const dashboard = boards.find(({ uid }) => path.endsWith(`/${uid}`));
      return dashboard === undefined
        ? { status: 404, body: { message: 'Dashboard not found' } }
        : { body: { meta: { provisioned: true }, dashboard } };
    },
    '/api/search': { body: boards.map(({ uid, title }) => ({ uid, title, type: 'dash-db' })) },
    ...more,
  };
}

describe('grafana.dashboards', () => {
  const drift = async (boards: readonly Board[]) =>
    ask({ grafana: (await part(grafana(boards))).url }, 'grafana.dashboards');

  test('all are there', async () => {
    expect(await drift(stored())).toMatchObject({
      verdict: 'ok',
      seen: expect.stringMatching(/^\d+ dashboards, as the spec compiles to now$/) as string,
    });
  });

  test('one is missing, one was changed, one is too many', async () => {
    const [first, second, ...rest] = stored();
    if (first === undefined || second === undefined) throw new Error('the spec has too few dashboards');
    const panels = second.panels.map((panel, index) => (index === 1 ? { ...panel, title: 'Mine' } : panel));
    const outcome = await drift([
      { ...second, panels },
      ...rest,
      { ...first, uid: 'shop-old', title: 'Old' },
    ]);
    expect(outcome.verdict).toBe('failed');
    expect(outcome.details).toEqual([
      expect.stringMatching(new RegExp(`^missing: .* \\(${first.uid}\\)$`)),
      expect.stringMatching(new RegExp(`^changed: .* \\(${second.uid}\\): panels\\.1\\.title$`)),
      'superfluous: Old (shop-old)',
    ]);
  });

  test('a panel that was added, and a key', async () => {
    const [first, ...rest] = stored();
    if (first === undefined) throw new Error('the spec has no dashboards');
    const added = { ...first, panels: [...first.panels, { title: 'x' }], refresh: '1s', extra: true };
    const outcome = await drift([added, ...rest]);
    expect(outcome.details?.[0]).toMatch(/panels: \d+ and not \d+/);
    expect(outcome.details?.[0]).toContain('extra');
  });

  test('a newer schema is Grafana’s doing, another query is not', async () => {
    const newer = stored().map((board) => ({ ...board, schemaVersion: 99, links: [], extra: 1 }));
    expect((await drift(newer)).verdict).toBe('ok');
    const text = JSON.stringify(newer).replaceAll('http_server_requests_total', 'other_total');
    expect((await drift(JSON.parse(text) as readonly Board[])).verdict).toBe('failed');
  });
});

describe('grafana.data-sources', () => {
  const sources = dataSources(shop()).map(({ uid, type, name }) => ({ uid, type, name }));
  const health = (status: number, body: unknown): Routes => ({ '/api/datasources/uid/': { status, body } });

  test('they are there and reach their stores', async () => {
    const fake = await part(
      grafana([], {
        '/api/datasources': { body: sources },
        ...health(200, { status: 'OK', message: 'fine' }),
      }),
    );
    expect((await ask({ grafana: fake.url }, 'grafana.data-sources')).verdict).toBe('ok');
  });

  test('one is missing, one is of another type', async () => {
    const [first, ...rest] = sources;
    const others = rest.map((each, index) => (index === 0 ? { ...each, type: 'zipkin' } : each));
    const fake = await part(grafana([], { '/api/datasources': { body: others }, ...health(404, {}) }));
    expect((await ask({ grafana: fake.url }, 'grafana.data-sources')).details).toEqual([
      `${first?.uid ?? ''}: missing; the dashboards name it`,
      `${rest[0]?.uid ?? ''}: is of the type zipkin and not ${rest[0]?.type ?? ''}`,
    ]);
  });

  test('Grafana does not reach a store, and a store that is down is told once', async () => {
    const fake = await part(
      grafana([], {
        '/api/datasources': { body: sources },
        ...health(400, { status: 'ERROR', message: 'refused' }),
      }),
    );
    const metrics = await part(prometheus());
    const outcome = await ask({ grafana: fake.url, prometheus: metrics.url }, 'grafana.data-sources');
    expect(outcome.details).toContain('prometheus: Grafana does not reach it: refused');
    const down = await part({ '/-/ready': { status: 503 } });
    const other = await ask({ grafana: fake.url, prometheus: down.url }, 'grafana.data-sources');
    expect(other.details ?? []).not.toContain('prometheus: Grafana does not reach it: refused');
  });

  test('the password is shown to Grafana, and to nobody else', async () => {
    const fake = await part(grafana([], { '/api/datasources': { body: sources }, ...health(404, {}) }));
    const logs = await part(loki());
    const credentials = { grafanaPassword: 'pässword', token: 't' };
    await ask({ grafana: fake.url, loki: logs.url }, 'grafana.data-sources', { credentials });
    await ask({ loki: logs.url }, 'ready.loki', { credentials });
    expect(fake.asked.at(-1)?.headers.authorization).toBe(
      `Basic ${Buffer.from('admin:pässword').toString('base64')}`,
    );
    expect(logs.asked.map(({ headers }) => headers.authorization)).not.toContain(
      fake.asked.at(-1)?.headers.authorization,
    );
  });
});

describe('expressions are compared as they are meant', () => {
  test.each([
    ['sum(rate(a_total[5m])) by (job)', 'sum by (job) (rate(a_total[300s]))'],
    ['a / on(x) group_left() b', 'a / on (x) group_left () b'],
    ['a{x="1"}  >  1e3', "a{x='1'} > 1000"],
    ['a{x="1",b!="2"}', 'a{b!="2",x="1"}'],
    ['sum by (a, b) (c)', 'sum by (b, a) (c)'],
    ['a * on (x, y) b', 'a * on (y, x) b'],
  ])('%s', (one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });
  test.each([
    ['a > 1', 'a > 2'],
    ['rate(a_total[5m])', 'rate(a_total[6m])'],
    ['a{x="1"}', 'a{x="2"}'],
    ['not ( a query', 'not a query either'],
  ])('%s is not %s', (one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});

test('the hashes are those of the outputs, and of nothing else', () => {
  const same = outputHashes(modelOf(`# a comment\n${spec}`));
  expect(same).toEqual(outputHashes(shop()));
  const other = outputHashes(modelOf(spec.replace('objective: 99', 'objective: 95')));
  expect(other.rules).not.toBe(same.rules);
  expect(other.alertmanager).toBe(same.alertmanager);
});

test('a spec without rules, and a Prometheus without them', async () => {
  const { url } = await part(prometheus({}, { '/api/v1/rules': prometheusSays({ groups: [] }) }));
  const model = modelOf('version: 1\nservice: { name: shop }\nstack: {}\n');
  expect((await ask({ prometheus: url }, 'rules.drift', { model })).verdict).toBe('not there');
  expect(await ask({ prometheus: url }, 'rules.health')).toMatchObject({
    verdict: 'failed',
    seen: 'Prometheus has loaded no rules of this service',
  });
});

describe('rules.health', () => {
  const now = () => new Date().toISOString();
  const group = (more: object): object => ({
    name: 'shop:heartbeat',
    file: 'x.yaml',
    interval: 15,
    evaluationTime: 0.01,
    lastEvaluation: now(),
    rules: [{ type: 'alerting', name: 'ShopHeartbeat', query: 'vector(1)', health: 'ok', lastError: '' }],
    ...more,
  });
  const broken = {
    type: 'recording',
    name: 'a:b',
    query: 'x',
    health: 'err',
    lastError: 'many-to-many matching',
  };

  test.each<[object, string, string]>([
    [{}, 'ok', ''],
    [{ rules: [broken] }, 'failed', 'a:b fails: many-to-many matching'],
    [{ lastEvaluation: '0001-01-01T00:00:00Z' }, 'warning', 'not evaluated yet'],
    [{ lastEvaluation: '2026-01-01T00:00:00Z' }, 'failed', 'every 15 s is asked for'],
    [{ evaluationTime: 16.2 }, 'failed', 'longer than its interval of 15 s'],
    [{ evaluationTime: 9 }, 'warning', 'takes 9.00 s of its interval'],
  ])('%j', async (more, verdict, detail) => {
    const { url } = await part(
      prometheus({}, { '/api/v1/rules': prometheusSays({ groups: [group(more)] }) }),
    );
    const outcome = await ask({ prometheus: url }, 'rules.health');
    expect(outcome.verdict).toBe(verdict);
    expect((outcome.details ?? ['']).join('\n')).toContain(detail);
  });
});

describe('rules.drift of the resources of the Operator', () => {
  const inCluster = modelOf(spec.replace('  metrics: {}', '  kubernetes: { namespace: telemetry }'));
  const groups = ruleGroupFiles(inCluster).flatMap((file) => file.groups);

  /** Rule groups as Prometheus tells of them. */
  const told = (all: readonly RuleGroup[]) =>
    prometheusSays({
      groups: all.map(({ name, interval, rules }) => ({
        name,
        interval,
        rules: rules.map((rule) => ({
          type: rule.kind === 'alert' ? 'alerting' : 'recording',
          name: rule.kind === 'alert' ? rule.alert : rule.record,
          query: printPromql(rule.expr),
          labels: Object.fromEntries(rule.labels),
          ...(rule.kind === 'alert'
            ? {
                duration: rule.for ?? 0,
                keepFiringFor: rule.keepFiringFor ?? 0,
                annotations: Object.fromEntries(rule.annotations),
              }
            : {}),
        })),
      })),
    });
  const drift = async (all: readonly RuleGroup[]) => {
    const { url } = await part(prometheus({}, { '/api/v1/rules': told(all) }));
    return ask({ prometheus: url }, 'rules.drift', { model: inCluster });
  };

  test('the files are fine, and so are the resources, whose alerts carry a namespace', async () => {
    expect((await drift(groups)).verdict).toBe('ok');
    expect((await drift(withAlertNamespace(inCluster, 'telemetry', groups))).verdict).toBe('ok');
  });

  test('another namespace is drift, in the alerts alone', async () => {
    const { verdict, details = [] } = await drift(withAlertNamespace(inCluster, 'elsewhere', groups));
    expect(verdict).toBe('failed');
    const alerts = groups.flatMap(({ rules }) => rules.filter(({ kind }) => kind === 'alert'));
    expect(details).toHaveLength(alerts.length);
    expect(details.every((each) => each.startsWith('changed: ') && each.includes('label'))).toBe(true);
  });
});
