import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { selectors } from '../../../src/promql/walk.js';
import { modelOf } from '../../support/model.js';
import { lint } from './lint.js';
import { boardOf, boardsOf, panelTitled, present } from './specs.js';

/** Every form of an SLI that an objective may use, on one page. */
const spec = `
version: 1
service: { name: shop, runbooks: 'https://runbooks.example.com/shop' }
labels:
  region: { description: Region., values: [eu, us] }
  outcome: { description: End., values: [ok, failed] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [region, outcome] }
  wait_seconds: { type: histogram, help: Wait., buckets: [0.1, 1, 10] }
  depth: { type: gauge, help: Waiting. }
  worker_up: { type: gauge, help: 1 while it runs., range: [0, 1] }
  built_timestamp_seconds: { type: gauge, help: When it was built. }
slis:
  success: { description: Calls that succeed., events: { total: calls_total, good: 'calls_total{outcome="ok"}' } }
  fast: { latency: { histogram: wait_seconds, threshold: 1s } }
  short: { timeSlice: { query: max(depth), op: '<=', value: 500 } }
  up: { boolean: worker_up }
  fresh: { freshness: { timestamp: built_timestamp_seconds, maxAge: 6h } }
  raw: { query: 'sum(rate(calls_total{outcome="failed"}[$window])) / (sum(rate(calls_total[$window])) > 0)', unit: ratio }
slos:
  success: { sli: success, objective: 99.5, period: 30d, by: [region] }
  fast: { sli: fast, objective: 95, period: 28d, windows: sloth }
  short: { sli: short, objective: 99, period: 7d, windows: pyrra }
  up: { sli: up, objective: 99.9, period: 30d, alerting: { page: false, ticket: true } }
  fresh: { sli: fresh, objective: 99, period: 28d, alerting: { page: false, ticket: false } }
  raw: { sli: raw, objective: 90, period: 30d, windows: [{ severity: page, long: 2h, short: 10m, factor: 5 }] }
alerts:
  Odd: { anomaly: { query: 'sum(rate(calls_total[1h]))', deviations: 3 }, severity: info, summary: Odd. }
dashboards:
  main:
    title: Objectives
    variables: [region]
    rows:
      - title: Objectives
        panels: [{ slo: success }, { slo: fast }, { slo: short }, { slo: up }, { slo: fresh }, { slo: raw, title: Raw }]
      - title: Rest
        panels: [{ title: Odd, type: timeseries, thresholdsFrom: Odd }, { title: Calls, type: stat, metric: calls_total, show: rate }]
`;

describe('objectives', () => {
  it('are lines of five panels that a Grafana maintainer would take', () => {
    const model = modelOf(spec);
    const page = present(boardsOf(model)[0]);
    expect(lint(page, { model, ownWindows: true })).toEqual([]);
    const line = page.panels.filter((panel) => panel.title.startsWith('success: '));
    expect(line.map(({ type, title, gridPos: { w } }) => `${type} ${w} ${title}`)).toEqual([
      'stat 3 success: objective',
      'stat 3 success: last 30d',
      'gauge 4 success: budget left',
      'stat 3 success: time left',
      'timeseries 11 success: burn rate',
    ]);
  });

  it('read series that the rules record, and no others', () => {
    const model = modelOf(spec);
    const rules = prometheusRules.files(model).filter(({ path }) => path.startsWith('prometheus/rules/'));
    const recorded = new Map<string, string[]>();
    for (const { content } of rules) {
      const file = parse(content) as {
        groups: { rules: { record?: string; labels?: Record<string, string> }[] }[];
      };
      for (const { record, labels = {} } of file.groups.flatMap((group) => group.rules)) {
        if (record !== undefined)
          recorded.set(record, [
            ...(recorded.get(record) ?? []),
            `${labels['service'] ?? ''}/${labels['slo'] ?? labels['anomaly'] ?? ''}`,
          ]);
      }
    }
    const read = present(boardsOf(model)[0])
      .panels.flatMap((panel) => panel.targets ?? [])
      .flatMap(({ expr }) => selectors(present(parsePromql(expr).expr)))
      .filter(({ metric }) => metric?.includes(':') === true);
    expect(read.length).toBeGreaterThan(30);
    for (const { metric, matchers } of read) {
      const value = (name: string) => matchers.find(({ label }) => label === name)?.value;
      const identity = `${value('service') ?? ''}/${value('slo') ?? value('anomaly') ?? ''}`;
      expect(recorded.get(metric ?? ''), `${metric ?? ''} ${identity}`).toContain(identity);
    }
  });

  it('are narrowed by a variable that they are grouped by', () => {
    const page = boardOf(spec);
    const expr = (title: string) => panelTitled(page, title).targets?.[0]?.expr;
    expect(expr('success: budget left')).toBe(
      'slo:period_error_budget_remaining:ratio{slo="success",service="shop",region=~"$region"}',
    );
    expect(expr('fast: budget left')).toBe(
      'slo:period_error_budget_remaining:ratio{slo="fast",service="shop"}',
    );
    expect(panelTitled(page, 'success: budget left').targets?.[0]?.legendFormat).toBe(
      '{{region}} budget left',
    );
  });

  it('leave the label `service` to the groups of an objective that is grouped by one', () => {
    const page = boardOf(`
version: 1
service: { name: gateway }
labels:
  service: { description: Service that was called., cap: 20 }
  outcome: { description: End., values: [ok, failed] }
metrics:
  calls_total: { type: counter, help: Calls., labels: [service, outcome] }
slis: { ok: { events: { total: calls_total, good: 'calls_total{outcome="ok"}' } } }
slos: { ok: { sli: ok, objective: 99, period: 30d, by: [service] } }
dashboards:
  main: { title: Main, variables: [service], rows: [{ title: Main, panels: [{ slo: ok }] }] }
`);
    const target = (part: string) => panelTitled(page, `ok: ${part}`).targets?.[0];
    expect(target('objective')?.expr).toBe('slo:objective:ratio{slo="ok"}');
    expect(target('objective')?.legendFormat).toBe('objective');
    expect(target('budget left')?.expr).toBe(
      'slo:period_error_budget_remaining:ratio{slo="ok",service=~"$service"}',
    );
  });

  it('are red where the budget is overspent and where the level is below the objective', () => {
    const page = boardOf(spec);
    const budget = panelTitled(page, 'success: budget left').fieldConfig.defaults;
    expect([budget.min, budget.max, budget.unit]).toEqual([-1, 1, 'percentunit']);
    expect(budget.thresholds?.steps).toEqual([
      { color: 'red', value: null },
      { color: 'orange', value: 0 },
      { color: 'green', value: 0.25 },
    ]);
    expect(panelTitled(page, 'success: last 30d').fieldConfig.defaults.thresholds?.steps).toEqual([
      { color: 'red', value: null },
      { color: 'green', value: 0.995 },
    ]);
  });

  it('burn against the factors of the alerts that exist', () => {
    const page = boardOf(spec);
    const burn = (name: string) => panelTitled(page, `${name}: burn rate`);
    const steps = (name: string) =>
      burn(name).fieldConfig.defaults.thresholds?.steps.map(({ color, value }) => `${color} ${value ?? '-'}`);
    expect(burn('fast').targets?.map((target) => target.legendFormat)).toEqual(['1h', '6h', '1d', '3d']);
    expect(burn('fast').targets?.[0]?.expr).toBe(
      'slo:sli_error:ratio_rate1h{slo="fast",service="shop"} / 0.05',
    );
    expect(steps('fast')).toEqual(['green -', 'orange 1', 'orange 3', 'red 6', 'red 14.4']);
    expect(steps('up')).toEqual(['green -', 'orange 1']);
    expect(steps('fresh')).toEqual(['green -']);
    expect(panelTitled(page, 'Raw: burn rate').targets?.map((target) => target.legendFormat)).toEqual(['2h']);
  });

  it('say what is good, when alerts fire, and where the first steps are', () => {
    const { description, links } = panelTitled(boardOf(spec), 'success: burn rate');
    expect(description).toContain('Calls that succeed.');
    expect(description).toContain('- page: above 14.4 over 1h and 5m');
    expect(description).toContain('https://runbooks.example.com/shop/SuccessBudgetBurnPage');
    expect(links.map(({ url }) => url)).toEqual([
      'https://runbooks.example.com/shop/SuccessBudgetBurnPage',
      'https://runbooks.example.com/shop/SuccessBudgetBurnTicket',
    ]);
  });
});
