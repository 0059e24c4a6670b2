import { describe, expect, it } from 'vitest';
import { inspectDashboard, lintDashboard, score } from '../../src/dashboard-lint/index.js';

/** A dashboard that somebody clicked together: no spec is known. */
function board(panels: readonly object[], more: object = {}): object {
  return { title: 'Other', panels, templating: { list: [] }, ...more };
}

function panel(expr: string, more: object = {}): object {
  const targets = [
    { refId: 'A', expr, legendFormat: 'x', datasource: { type: 'prometheus', uid: '$datasource' } },
  ];
  return { id: 1, type: 'timeseries', title: 'One', gridPos: { x: 0, y: 0, w: 12, h: 8 }, targets, ...more };
}

function rulesFor(json: unknown): readonly string[] {
  return lintDashboard(json).map(({ rule }) => rule);
}

describe('dashboards of others', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a list', []],
    ['a text', 'dashboard'],
    ['the form v2', { apiVersion: 'dashboard.grafana.app/v2', spec: { elements: {} } }],
  ])('%s is said not to be one', (_what, json) => {
    expect(rulesFor(json)).toEqual(['readable']);
    expect(score(inspectDashboard(json))).toMatchObject({ passed: 0, counted: 0 });
  });

  it.each<[string, unknown]>([
    ['holes', board([{}, null as unknown as object, { targets: [null], fieldConfig: 'x', gridPos: 5 }])],
    [
      'wrong types',
      { panels: [{ targets: {}, title: 5 }], templating: { list: 'x' }, annotations: [], links: 3 },
    ],
  ])('%s are survived', (_what, json) => {
    expect(rulesFor(json)).toContain('panel-ids');
  });

  it('are read out of what the API wraps around them, and out of rows', () => {
    const raw = panel('x_total{job="a"}');
    expect(rulesFor({ meta: {}, dashboard: board([raw]) })).toContain('target-counter-agg-rule');
    expect(rulesFor({ title: 'Old', rows: [{ panels: [raw] }] })).toContain('target-counter-agg-rule');
    expect(rulesFor(board([{ id: 9, type: 'row', title: 'Row', panels: [raw] }]))).toContain(
      'target-counter-agg-rule',
    );
  });

  it.each([
    'topk($limit, sum by ($group) (rate(x_total[$interval])))',
    'sum(rate(x_total{job=~"$job",pod=~"${pod:regex}"}[$__rate_interval])) by (pod)',
    'sum(increase(x_total[${__range_s}s]))',
    'rate([[metric]]{job="a"}[$__interval]) > $threshold',
    'max_over_time(x[5m:$step] offset $shift)',
  ])('%s is PromQL', (expr) => {
    expect(rulesFor(board([panel(expr)]))).not.toContain('target-promql-rule');
  });

  it('without a spec, names of metrics say what they can', () => {
    const of = (expr: string, unit: string): readonly string[] =>
      rulesFor(board([panel(expr, { fieldConfig: { defaults: { unit } } })]));
    expect(of('process_resident_memory_bytes', 's')).toContain('unit-of-metric');
    expect(of('process_resident_memory_bytes', 'bytes')).not.toContain('unit-of-metric');
    expect(of('rate(cpu_seconds_total[$__rate_interval])', 'percentunit')).not.toContain('unit-of-metric');
    expect(of('up', 'short')).not.toContain('unit-of-metric');
  });

  it('lines that need a spec are left out of the score, and said so', () => {
    const { lines, counted } = score(inspectDashboard(board([panel('up')])));
    const states = new Map(lines.map(({ line, state }) => [line.id, state]));
    expect(states.get('alert-thresholds')).toBe('spec');
    expect(states.get('tables')).toBe('nothing');
    expect(states.get('picture')).toBe('elsewhere');
    expect(counted).toBe(lines.filter(({ state }) => state === 'passed' || state === 'failed').length);
  });

  it('recorded series and alerts are outside of the rules on labels of a scrape, with the reason', () => {
    const { lines } = score(
      inspectDashboard(board([panel('slo:x:ratio + on () ALERTS{alertstate="firing"}')])),
    );
    const exempt =
      lines.find(({ line }) => line.id === 'scrape-matchers')?.exempt ?? new Map<string, number>();
    expect([...exempt.keys()]).toContain('recorded series carry no `job` of a scrape');
    expect([...exempt.keys()]).toContain('ALERTS carries the labels of the alerts');
  });
});
