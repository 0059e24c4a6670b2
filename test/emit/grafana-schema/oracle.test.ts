import { describe, expect, it } from 'vitest';
import { boardOf, everything as everyView } from '../grafana/specs.js';
import { panelBuilders, rebuilt, rebuiltQuery, rebuiltVariable } from './builders.js';
import { withDefaults } from './defaults.js';

/**
 * The settings of our panels, told to the builders of Grafana's SDK one by one: a setting that the builder does not have, or that it puts
 * somewhere else in the JSON, is ours to mend. What looks good is not the SDK's to say: values are ours.
 */
type Json = Readonly<Record<string, unknown>>;

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly options: Json;
  readonly fieldConfig: { readonly defaults: Json };
  readonly targets?: readonly Json[];
}

const small = boardOf(`
version: 1
service: { name: shop }
labels: { kind: { description: Kind., values: [a, b] } }
metrics:
  sales_total: { type: counter, help: Sales., labels: [kind] }
  queue_depth: { type: gauge, help: Orders that wait., range: [0, 1000] }
alerts:
  Long: { expr: 'max(queue_depth) > 100', severity: ticket, summary: Long. }
slis: { sales: { events: { total: sales_total, bad: 'sales_total{kind="b"}' } } }
slos: { sales: { sli: sales, objective: 99, period: 30d } }
dashboards:
  sales:
    title: Sales
    variables: [kind]
    rows:
      - title: All
        panels:
          - { slo: sales }
          - { title: Sales, type: timeseries, metric: sales_total, show: rate, by: [kind], stack: true }
          - { title: Waiting, type: stat, thresholdsFrom: Long }
`);
const boards = { 'a small board': small, 'all types of panels and metrics': boardOf(everyView()) };

function panelsOf(board: typeof small): readonly Panel[] {
  return board.panels as unknown as readonly Panel[];
}

describe.each(Object.entries(boards))('%s, told to the builders of Grafana’s SDK', (_, board) => {
  it.each(Object.keys(panelBuilders) as (keyof typeof panelBuilders)[])('is the same: %s', (type) => {
    const panels = panelsOf(board).filter((panel) => panel.type === type);
    for (const { title, options, fieldConfig } of panels) {
      const sdk = rebuilt(type, options, fieldConfig.defaults);
      expect(sdk.options, title).toEqual(withDefaults(panelBuilders[type].options, options));
      expect({ ...fieldConfig.defaults, links: undefined }, title).toEqual(sdk.defaults);
    }
  });

  it('is the same: queries', () => {
    const targets = panelsOf(board).flatMap((panel) => panel.targets ?? []);
    const queries = targets.filter((target) => (target['datasource'] as Json)['type'] === 'prometheus');
    expect(queries).not.toEqual([]);
    for (const query of queries) expect(rebuiltQuery(query)).toEqual(query);
  });

  it('is the same: variables', () => {
    for (const variable of board.templating.list as unknown as readonly Json[]) {
      const { sdk, ours } = rebuiltVariable(variable);
      expect(sdk).toMatchObject(ours);
    }
  });
});
