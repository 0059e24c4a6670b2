import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { prometheusRules } from '../../../src/emit/prometheus/emitter.js';
import { parsePromql } from '../../../src/promql/parse.js';
import { selectors } from '../../../src/promql/walk.js';
import { lintDashboard } from '../../../src/dashboard-lint/index.js';
import { ownBoards } from '../../../src/dashboard-lint/own-boards.js';
import { modelOf } from '../../support/model.js';
import type { Panel } from './board.js';
import { allPanels, boardOf, boardsOf, present } from './specs.js';

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

/** The objectives of a page without dashboards of their own, and of one with them. */
const alone = modelOf(spec.replace('metrics:', 'target: { grafana: { boards: [] } }\nmetrics:'));
const page = present(boardsOf(alone)[0]);

/** The panels of an objective: from the one that has its name to the last before the next. */
function panelsOf(name: string, board = page): Record<string, Panel> {
  const names = ['success', 'fast', 'short', 'up', 'fresh', 'Raw', 'Odd'];
  const all = allPanels(board);
  const start = all.findIndex(({ title }) => title.split(':')[0] === name);
  const length = all.slice(start + 1).findIndex(({ title }) => names.includes(title.split(':')[0] ?? ''));
  return Object.fromEntries(all.slice(start, start + 1 + length).map((panel) => [panel.title, panel]));
}

describe('objectives', () => {
  const shapes = (panels: Record<string, Panel>) =>
    Object.values(panels).map(({ type, title, gridPos: { w } }) => `${type} ${w} ${title}`);

  it('are two lines of panels that a Grafana maintainer would take', () => {
    const { json, context } = present(ownBoards(alone)[0]);
    expect(lintDashboard(json, context)).toEqual([]);
    expect(shapes(panelsOf('fast'))).toEqual([
      'stat 6 fast',
      'gauge 4 Budget left',
      'stat 4 Time left',
      'timeseries 10 Burn rate',
      'timeseries 12 Budget over time',
      'timeseries 12 Good and bad events',
    ]);
    expect(shapes(panelsOf('up')).at(-1)).toBe('timeseries 12 Good and bad time');
  });

  it('have a row for each group where they are grouped, and the burn rate of the worst', () => {
    const panels = panelsOf('success');
    expect(shapes(panels).slice(0, 2)).toEqual([
      'table 14 success: 99.5 % over 30d',
      'timeseries 10 Burn rate',
    ]);
    const [table, burn] = Object.values(panels);
    expect(present(table).targets?.map(({ expr }) => expr.slice(0, 40))).toEqual([
      'max by (region) (1 - slo:sli_error:ratio',
      'max by (region) (slo:period_error_budget',
      'max by (region) (slo:time_to_exhaustion:',
    ]);
    expect(present(burn).targets?.[0]?.expr).toBe(
      'max(slo:sli_error:ratio_rate1h{slo="success",service="shop",region=~"$region"}) / 0.005',
    );
  });

  it('leave their history to their own dashboard where they have one', () => {
    const boards = boardsOf(modelOf(spec));
    const main = present(boards.find(({ title }) => title === 'Objectives'));
    const own = present(boards.find(({ uid }) => uid === 'shop-slo-fast'));
    expect(shapes(panelsOf('fast', main))).toHaveLength(4);
    expect(panelsOf('fast', main)['fast']?.links[0]).toEqual({
      targetBlank: false,
      title: 'Objective: fast',
      url: '/d/shop-slo-fast?${__url_time_range}&${__all_variables}',
    });
    expect(allPanels(own).map(({ title }) => title)).toContain('Budget over time');
  });

  it('read series that the rules record, and no others', () => {
    const rules = prometheusRules.files(alone).filter(({ path }) => path.startsWith('prometheus/rules/'));
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
    const read = page.panels
      .flatMap((panel) => panel.targets ?? [])
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
    const left = (name: string) => panelsOf(name)['Budget over time']?.targets?.[0];
    expect(left('success')?.expr).toBe(
      'slo:period_error_budget_remaining:ratio{slo="success",service="shop",region=~"$region"}',
    );
    expect(left('success')?.legendFormat).toBe('{{region}}');
    expect(left('fast')?.expr).toBe('slo:period_error_budget_remaining:ratio{slo="fast",service="shop"}');
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
    const [table, burn] = allPanels(page);
    expect(present(table).targets?.[1]?.expr).toBe(
      'max by (service) (slo:period_error_budget_remaining:ratio{slo="ok",service=~"$service"})',
    );
    expect(present(burn).targets?.[0]?.expr).toMatch(
      /^max\(slo:sli_error:ratio_rate1h\{slo="ok",service=~"\$service"\}\)/,
    );
  });

  it('are red where the budget is overspent and where the level is below the objective', () => {
    const { fast, 'Budget left': budget } = panelsOf('fast');
    const { min, max, unit, thresholds } = present(budget).fieldConfig.defaults;
    expect([min, max, unit]).toEqual([-1, 1, 'percentunit']);
    expect(thresholds?.steps).toEqual([
      { color: 'red', value: null },
      { color: 'orange', value: 0 },
      { color: 'green', value: 0.25 },
    ]);
    expect(present(fast).fieldConfig.defaults.thresholds?.steps).toEqual([
      { color: 'red', value: null },
      { color: 'green', value: 0.95 },
    ]);
  });

  it('say that a budget lasts rather than nothing', () => {
    const time = present(panelsOf('fast')['Time left']);
    const labels = '{slo="fast",service="shop"}';
    expect(time.targets).toMatchObject([
      {
        expr: `slo:time_to_exhaustion:seconds${labels} or slo:period_error_budget_remaining:ratio${labels} * NaN`,
        instant: true,
      },
    ]);
    expect(JSON.stringify(time.fieldConfig.defaults.mappings)).toContain('not in sight');
  });

  it('burn against the factors of the alerts that exist', () => {
    const burn = (name: string) => present(panelsOf(name)['Burn rate']);
    const steps = (name: string) =>
      burn(name).fieldConfig.defaults.thresholds?.steps.map(({ color, value }) => `${color} ${value ?? '-'}`);
    expect(burn('fast').targets?.map((target) => target.legendFormat)).toEqual(['1h', '6h', '1d', '3d']);
    expect(burn('fast').targets?.[0]?.expr).toBe(
      'slo:sli_error:ratio_rate1h{slo="fast",service="shop"} / 0.05',
    );
    expect(steps('fast')).toEqual(['green -', 'orange 1', 'orange 3', 'red 6', 'red 14.4']);
    expect(steps('up')).toEqual(['green -', 'orange 1']);
    expect(steps('fresh')).toEqual(['green -']);
    expect(burn('Raw').targets?.map((target) => target.legendFormat)).toEqual(['2h']);
  });

  it('say what is good, when alerts fire, and where the first steps are', () => {
    const { description, links } = present(panelsOf('success')['Burn rate']);
    expect(description).toContain('Calls that succeed.');
    expect(description).toContain('- page: above 14.4 over 1h and 5m');
    expect(description).toContain('https://runbooks.example.com/shop/SuccessBudgetBurnPage');
    expect(links.map(({ url }) => url)).toEqual([
      'https://runbooks.example.com/shop/SuccessBudgetBurnPage',
      '/alerting/list?search=rule%3A%22SuccessBudgetBurnPage%22',
      'https://runbooks.example.com/shop/SuccessBudgetBurnTicket',
      '/alerting/list?search=rule%3A%22SuccessBudgetBurnTicket%22',
      'https://runbooks.example.com/shop/SuccessNoData',
      '/alerting/list?search=rule%3A%22SuccessNoData%22',
    ]);
  });
});
