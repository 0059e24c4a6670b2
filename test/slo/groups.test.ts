import { describe, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.js';
import { printPromql } from '../../src/promql/print.js';
import type { Rule } from '../../src/promql/rule.js';
import { selectors } from '../../src/promql/walk.js';
import { sloGroups } from '../../src/slo/groups.js';
import { modelOf } from '../support/model.js';

const model = (slo: string, more = ''): Model =>
  modelOf(`
version: 1
service: { name: shop, owner: team-a, runbooks: https://runbooks.example.com/shop }
target: { prometheus: { scrapeInterval: 15s, evaluationInterval: 30s } }
labels:
  agent: { description: Agent., values: [a, b] }
  service: { description: Service that asked., values: [a, b] }
  outcome: { description: Outcome., values: [ok, failed] }
metrics:
  runs_total: { type: counter, help: Runs., labels: [agent, service, outcome] }
  up_ratio: { type: gauge, help: Up., range: [0, 1] }
slis:
  runs: { description: 'Runs {{ that }} end well.', events: { total: runs_total, bad: 'runs_total{outcome="failed"}' } }
  up: { boolean: up_ratio }
  raw: { query: 'sum(rate(runs_total{outcome="failed"}[$window])) / (sum(rate(runs_total[$window])) > 0)', unit: ratio }
slos:
  x: ${slo}
${more}`);

const rulesOf = (of: Model): readonly Rule[] => sloGroups(of).flatMap((group) => group.rules);
const recorded = (of: Model): ReadonlySet<string> =>
  new Set(rulesOf(of).flatMap((rule) => (rule.kind === 'record' ? [rule.record] : [])));

const variants = ['runs', 'up', 'raw'].flatMap((sli) =>
  [
    'workbook',
    'sloth',
    'pyrra',
    '[{ severity: page, long: 2h, short: 10m, factor: 10 }, { severity: ticket, long: 5d, short: 12h, factor: 1.5 }]',
  ].map(
    (windows) =>
      `{ sli: ${sli}, objective: 99.9, period: 28d, windows: ${windows}, alerting: { noData: 15m } }`,
  ),
);

describe.each(variants)('%s', (slo) => {
  const built = model(slo);

  it('reads no record that it does not write', () => {
    const written = recorded(built);
    const read = rulesOf(built).flatMap((rule) => selectors(rule.expr).map(({ metric }) => metric ?? ''));
    expect(read.filter((name) => name.includes(':') && !written.has(name))).toEqual([]);
  });

  it('has groups of at most twenty rules, with names of their own and an interval', () => {
    const groups = sloGroups(built);
    expect(new Set(groups.map((group) => group.name)).size).toBe(groups.length);
    for (const { rules, interval } of groups) {
      expect(rules.length).toBeLessThanOrEqual(20);
      expect(interval).toBeGreaterThanOrEqual(30);
      // A recorded series must not go stale between two evaluations.
      expect(interval).toBeLessThanOrEqual(150);
    }
  });

  it('puts nothing on numeric series that may change', () => {
    for (const rule of rulesOf(built)) {
      if (rule.kind === 'record' && rule.record !== 'slo_info')
        expect([...rule.labels.keys()]).toEqual(['slo', 'service']);
    }
  });
});

describe('alerts of an objective', () => {
  const alerts = (of: Model) => rulesOf(of).filter((rule) => rule.kind === 'alert');

  it('are those that were asked for', () => {
    const names = (alerting: string): string[] =>
      alerts(model(`{ sli: runs, objective: 99.9, period: 30d, alerting: ${alerting} }`)).map(
        (rule) => rule.alert,
      );
    expect(names('{}')).toEqual(['XBudgetBurnPage', 'XBudgetBurnTicket', 'XNoData']);
    expect(names('{ page: false }')).toEqual(['XBudgetBurnTicket', 'XNoData']);
    expect(names('{ noData: false }')).toEqual(['XBudgetBurnPage', 'XBudgetBurnTicket']);
    expect(names('{ page: false, ticket: false }')).toEqual([]);
    expect(names('{ page: false, ticket: false, noData: true }')).toEqual(['XNoData']);
    expect(names('{ page: false, ticket: false, noData: 10m }')).toEqual(['XNoData']);
  });

  it('wait for ten minutes without data, and for two scrapes at least', () => {
    const waits = (scrape: string): readonly (number | undefined)[] => {
      const slow = modelOf(`
version: 1
service: { name: shop }
target: { prometheus: { scrapeInterval: ${scrape} } }
metrics: { up_ratio: { type: gauge, help: Up., range: [0, 1] } }
slis: { up: { boolean: up_ratio } }
slos: { x: { sli: up, objective: 99, period: 30d, alerting: { page: false } } }
`);
      return alerts(slow).map((rule) => rule.for);
    };
    expect(waits('15s')).toEqual([undefined, 600]);
    expect(waits('10m')).toEqual([undefined, 1200]);
  });

  it('compare with exact thresholds and count bad events', () => {
    const [page] = alerts(model('{ sli: runs, objective: 99.9, period: 30d, alerting: { minEvents: 7 } }'));
    const printed = page === undefined ? '' : printPromql(page.expr);
    expect(printed).toContain('> 0.0144 and');
    expect(printed).toContain('> 0.006 and');
    expect(printed).toContain('* 3600 >= 7)');
    const [other] = alerts(model('{ sli: runs, objective: 99.9, period: 30d }'));
    expect(other === undefined ? '' : printPromql(other.expr)).toContain('* 3600 >= 4)');
  });

  it('show a description as it was written, which is no template', () => {
    const [page] = alerts(model('{ sli: runs, objective: 99.9, period: 30d, by: [agent] }'));
    expect(page?.annotations.get('description')).toMatch(
      /^Runs \{\{ "\{\{" \}\} that \}\} end well\. Objective: 99\.9% over 30d\./,
    );
    expect(page?.annotations.get('summary')).toMatch(/^shop\/x \(agent \{\{ \$labels\.agent \}\}\): /);
    expect(page?.annotations.get('runbook_url')).toBe('https://runbooks.example.com/shop/XBudgetBurnPage');
  });

  it('leave the label service to the series where the objective is grouped by one', () => {
    const grouped = model('{ sli: runs, objective: 99.9, period: 30d, by: [service] }');
    for (const rule of rulesOf(grouped)) {
      if (rule.kind === 'record' && rule.record === 'slo_info')
        expect(rule.labels.get('service')).toBe('shop');
      else expect(rule.labels.has('service')).toBe(false);
      for (const { metric, matchers } of selectors(rule.expr)) {
        if (metric?.includes(':') === true) expect(matchers.map((each) => each.label)).toEqual(['slo']);
      }
    }
  });
});
