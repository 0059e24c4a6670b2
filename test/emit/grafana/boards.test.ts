import { describe, expect, it } from 'vitest';
import { allDashboards } from '../../../src/dashboards/index.js';
import { builtDashboard } from '../../../src/emit/grafana/build.js';
import type { Dashboard, Panel as SpecPanel, PanelSource } from '../../../src/model/model.js';
import { textAt } from '../../../src/model/origin.js';
import { modelOf } from '../../support/model.js';
import { parsePromql } from '../../../src/promql/parse.js';
import type { Board, Panel } from './board.js';
import { allPanels, boardsOf, cases, panelTitled, present, specOf } from './specs.js';

/** Dashboards that nobody wrote read the same model; `service` is short or long, which decides how their uids end. */
function spec(service: string): string {
  return `
version: 1
service: { name: ${service}, namespace: trade, owner: shop-team }
labels:
  model: { description: Model., registered: true, cap: 20 }
  outcome: { description: End., values: [ok, failed, empty] }
  code: { description: Status., cap: 40 }
metrics:
  calls_total: { type: counter, help: Calls., labels: [model, outcome] }
  replies_total: { type: counter, help: Replies., labels: [code] }
  wait_seconds: { type: histogram, help: Wait., labels: [model], buckets: [0.1, 1, 10], exemplars: true }
spans:
  call:
    kind: client
    attributes: { gen_ai.request.model: { label: model } }
    record: { duration: wait_seconds }
logs: { events: { done: { message: done, fields: { model: string } } } }
slis: { success: { events: { total: calls_total, good: 'calls_total{outcome="ok"}' } }, fast: { latency: { histogram: wait_seconds, threshold: 1s } } }
slos:
  success: { sli: success, objective: 99.5, period: 30d, by: [model] }
  fast: { sli: fast, objective: 95, period: 28d }
dashboards:
  main:
    title: Main
    rows:
      - title: Calls
        panels:
          - { title: Calls, type: timeseries, metric: calls_total, show: rate, by: [outcome] }
          - { title: Replies, type: timeseries, metric: replies_total, show: rate, by: [code] }
          - { title: Wait, type: timeseries, metric: wait_seconds, show: p95, by: [model] }
          - { title: Waits, type: table, metric: wait_seconds, show: p95, by: [model] }
          - { title: Stored, type: timeseries, query: 'sum by (model) (rate(calls_total[5m]))' }
          - { title: Share, type: stat, query: 'sum(rate(calls_total{outcome="ok"}[5m])) / sum(rate(calls_total[5m]))' }
`;
}

const model = modelOf(spec('shop'));
const boards = boardsOf(model);
const main = present(boards.find(({ title }) => title === 'Main'));

function board(of: Board[], name: string): Board {
  return present(of.find(({ uid }) => uid.includes(name)));
}

function decoded(panel: Panel): string[] {
  return (panel.fieldConfig.defaults.links ?? []).map(({ url }) => decodeURIComponent(url));
}

describe('panels', () => {
  it.each(cases)('of %s are known by their ids to come from the spec', (name) => {
    const own = modelOf(specOf(name));
    for (const dashboard of allDashboards(own)) {
      const { json, origins } = builtDashboard(own, dashboard);
      const drawn = allPanels(json as unknown as Board);
      const written = new Set(dashboard.rows.flatMap(({ panels }) => panels));
      expect(drawn.map(({ id }) => id)).toEqual([...origins.keys()]);
      expect(new Set(origins.values())).toEqual(written);
    }
  });

  it('draw the one trace whose id is known', () => {
    const own = present(model.dashboards.get('main'));
    const first = present(present(own.rows[0]).panels[0]);
    const drawnFor = (query: string) => {
      const source: PanelSource = { kind: 'foreign', query: textAt(query, first.origin.key) };
      const panel: SpecPanel = { ...first, type: 'traces', source };
      return builtDashboard(model, { ...own, rows: [{ title: 'R', panels: [panel] }] }).json.panels[1]?.type;
    };
    expect(drawnFor('4bf92f3577b34da6a3ce929d0e0e4736')).toBe('traces');
    expect(drawnFor('{ name = "call" }')).toBe('table');
  });

  it('can show expressions that nobody wrote, and closed rows hold theirs', () => {
    const calls = present(parsePromql('sum by (outcome) (rate(calls_total[$__rate_interval]))').expr);
    const source: PanelSource = { kind: 'expressions', expressions: [{ name: undefined, expr: calls }] };
    const first = present(present(present(model.dashboards.get('main')).rows[0]).panels[0]);
    const panel: SpecPanel = { ...first, title: 'Built', source };
    const dashboard: Dashboard = {
      ...present(model.dashboards.get('main')),
      rows: [
        { title: 'Rare', collapsed: true, panels: [panel, panel] },
        { title: 'Usual', panels: [panel] },
      ],
    };
    const { panels } = builtDashboard(model, dashboard).json;
    expect(panels.map(({ type, gridPos: { y } }) => `${type} ${y}`)).toEqual([
      'row 0',
      'row 1',
      'timeseries 2',
    ]);
    const [rare] = panels;
    expect(rare).toMatchObject({ collapsed: true, panels: [{ id: 2 }, { id: 3 }] });
    const [built] = allPanels({ panels } as unknown as Board);
    expect(present(built?.targets?.[0]).expr).toBe(
      'sum by (outcome) (rate(calls_total{job=~"$job",instance=~"$instance"}[$__rate_interval]))',
    );
    expect(present(built?.targets?.[0]).legendFormat).toBe('{{outcome}}');
  });
});

describe('the table of objectives', () => {
  const table = (of: Board[]) =>
    present(
      of
        .filter(({ title }) => title.includes('objectives'))
        .flatMap(allPanels)
        .find((panel) => JSON.stringify(panel).includes('"Promised"')),
    );

  it('has a row for each, from recorded series alone', () => {
    const which = '{slo=~"success|fast",service="shop"}';
    expect(table(boards).targets?.map(({ expr }) => expr)).toEqual([
      `max by (slo) (slo:objective:ratio${which})`,
      '1 - max by (slo) (slo:sli_error:ratio_rate30d{slo="success",service="shop"} or slo:sli_error:ratio_rate28d{slo="fast",service="shop"})',
      `min by (slo) (slo:period_error_budget_remaining:ratio${which})`,
      `max by (slo) (slo:sli_error:ratio_rate1h${which}) / max by (slo) (slo:error_budget:ratio${which})`,
      `min by (slo) (slo:time_to_exhaustion:seconds${which}) or min by (slo) (slo:period_error_budget_remaining:ratio${which}) * NaN`,
    ]);
  });

  it('leads to the dashboard of each, with time and choices', () => {
    const url = (panel: Panel) => JSON.stringify(panel.fieldConfig.overrides);
    expect(url(table(boards))).toContain('/d/shop-slo-${__value.raw}?${__url_time_range}&${__all_variables}');
    const long = boardsOf(modelOf(spec('a-very-long-name-of-a-service-of-a-team')));
    const of = table(long);
    expect(url(of)).toContain('/d/${__data.fields.board}?');
    for (const name of ['success', 'fast']) {
      const [, uid = ''] =
        new RegExp(`"board", "([^"]+)", "slo", "${name}"`).exec(present(of.targets?.[0]).expr) ?? [];
      expect(long.map((each) => each.uid)).toContain(uid);
    }
  });
});

it('the alerts of an objective stand on its page, those of the service on all others', () => {
  const filter = (of: Board): unknown =>
    present(allPanels(of).find(({ type }) => type === 'alertlist')).options.alertInstanceLabelFilter;
  expect(filter(board(boards, 'slo-fast'))).toBe('{service="shop",slo="fast"}');
  expect(filter(board(boards, 'slos'))).toBe('{service="shop"}');
});

describe('a click', () => {
  it('leads to logs and to the traces of the span that was measured, with its label', () => {
    const [logs, traces] = decoded(panelTitled(main, 'Wait')).filter((url) => url.startsWith('/explore'));
    expect(logs).toContain('{service_name=\\"shop\\"} | json | model=\\"${__field.labels.model}\\"');
    expect(traces).toContain(
      '{ resource.service.name = \\"shop\\" && name = \\"call\\" && span.gen_ai.request.model = \\"${__field.labels.model}\\" }',
    );
    for (const url of [logs, traces]) expect(url).toContain('"range":{"from":"${__from}","to":"${__to}"}');
  });

  it('in a table is one on the first label', () => {
    const { overrides } = panelTitled(main, 'Waits').fieldConfig;
    expect(overrides[0]?.matcher).toEqual({ id: 'byName', options: 'model' });
    expect(decodeURIComponent(JSON.stringify(overrides[0]))).toContain('${__data.fields.model}');
  });
});

describe('queries', () => {
  it('read what a rule records already', () => {
    expect(present(panelTitled(main, 'Stored').targets?.[0]).expr).toBe(
      'slo:sli_total:rate5m{slo="success",service="shop"}',
    );
  });

  it('say that there is no traffic rather than nothing', () => {
    expect(panelTitled(main, 'Share').fieldConfig.defaults.noValue).toBe('no traffic');
    expect(panelTitled(main, 'Calls').fieldConfig.defaults.noValue).toBe('no data');
  });
});

describe('colours', () => {
  const coloursOf = (title: string) =>
    panelTitled(main, title).fieldConfig.overrides.map((each) => [
      each.matcher.options,
      (each.properties[0]?.value as { fixedColor?: string } | undefined)?.fixedColor,
    ]);

  it('of a label whose values mean something are all fixed, and all different', () => {
    const found = coloursOf('Calls');
    expect(Object.fromEntries(found)).toEqual({
      ok: 'green',
      failed: 'red',
      empty: 'orange',
      __other__: 'text',
    });
    expect(new Set(found.map(([, colour]) => colour)).size).toBe(found.length);
  });

  it('of a status go by its class', () => {
    expect(coloursOf('Replies')).toContainEqual(['/^5\\d\\d$/', 'red']);
  });
});

describe('a dashboard', () => {
  it('is found by service, owner and kind', () => {
    const rest = ['obs-gen', 'service:shop', 'namespace:trade', 'owner:shop-team'];
    expect(main.tags).toEqual([...rest, 'red']);
    expect(board(boards, 'slos').tags).toEqual([...rest, 'slo']);
  });

  it('shows an hour; of objectives, their period', () => {
    const own = present(model.dashboards.get('main'));
    const [, slo] = [...model.slos.values()];
    const panel = {
      ...present(present(own.rows[0]).panels[0]),
      source: { kind: 'slo', slo: present(slo) },
    } as SpecPanel;
    const about = { ...own, rows: [{ title: 'Objectives', panels: [panel] }] };
    expect([main.time.from, main.refresh]).toEqual(['now-1h', '30s']);
    const { time, refresh } = builtDashboard(model, about).json;
    expect([time.from, refresh]).toEqual(['now-28d', '1m']);
  });

  it('has deployments and alerts to be switched on', () => {
    const { list } = main.annotations;
    expect(list.map(({ name, enable }) => `${name} ${String(enable)}`)).toEqual([
      'Annotations & Alerts true',
      'Deployments false',
      'Alerts false',
    ]);
  });
});
