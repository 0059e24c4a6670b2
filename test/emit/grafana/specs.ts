import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { grafanaDashboards } from '../../../src/emit/grafana/emitter.js';
import type { Model } from '../../../src/model/model.js';
import { modelOf } from '../../support/model.js';
import type { Board, Panel } from './board.js';

/** Specs with dashboards that somebody would want, and the emitter's own case. */
export const cases = ['research-agent', 'ims-core', 'alex', 'grafana'];

/** The spec of a case. */
export function specOf(name: string): string {
  return readFileSync(join(import.meta.dirname, '../../cases', name, 'observability.yaml'), 'utf8');
}

/** What a list or an option must hold for a test to make sense. */
export function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

/** The panels of a dashboard, those of closed rows among them. */
export function allPanels(board: Board): Panel[] {
  return board.panels.flatMap((panel) => (panel.type === 'row' ? (panel.panels ?? []) : [panel]));
}

/** The dashboards of a model, as their readers see them. */
export function boardsOf(model: Model): Board[] {
  return grafanaDashboards.files(model).map((file) => JSON.parse(file.content) as Board);
}

/** The first dashboard of a spec. */
export function boardOf(spec: string): Board {
  return present(boardsOf(modelOf(spec))[0]);
}

/** A panel by its title. */
export function panelTitled(board: Board, title: string): Panel {
  return present(allPanels(board).find((panel) => panel.title === title));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Every pair of a type of panel and something that can be shown of each type of metric. */
export function everything(): string {
  const types = ['timeseries', 'stat', 'gauge', 'bargauge', 'table', 'piechart', 'heatmap', 'state-timeline'];
  const shown = {
    things_total: ['rate', 'increase'],
    spent_usd_total: ['rate', 'increase'],
    busy_seconds_total: ['rate'],
    sent_bytes_total: ['rate', 'increase'],
    depth: ['value', 'sum', 'avg', 'min', 'max'],
    heat_celsius: ['value', 'max'],
    use_ratio: ['value', 'avg'],
    alive: ['value', 'min'],
    built_timestamp_seconds: ['value'],
    wait_seconds: ['rate', 'increase', 'avg', 'p50', 'p90', 'p95', 'p99'],
  };
  const rows = Object.entries(shown).map(([metric, shows]) => ({
    title: metric,
    panels: types
      .filter((type) => type !== 'heatmap' || metric === 'wait_seconds')
      .flatMap((type) =>
        shows.flatMap((show) =>
          [[], ['kind']].flatMap((by) =>
            by.length > 0 && metric === 'built_timestamp_seconds'
              ? []
              : [{ title: `${type} ${show} ${by.join()}`, type, metric, show, by }],
          ),
        ),
      ),
  }));
  const labels = '[kind, tenant]';
  return `
version: 1
service: { name: everything, runbooks: 'https://runbooks.example.com' }
budgets: { seriesPerMetric: 100000, seriesPerInstance: 1000000 }
labels:
  kind: { description: Kind., values: [ok, failed] }
  tenant: { description: Tenant., cap: 50 }
metrics:
  things_total: { type: counter, help: Things., labels: ${labels} }
  spent_usd_total: { type: counter, help: Money., labels: ${labels} }
  busy_seconds_total: { type: counter, help: Time., labels: ${labels} }
  sent_bytes_total: { type: counter, help: Bytes., labels: ${labels} }
  depth: { type: gauge, help: Depth., labels: ${labels} }
  heat_celsius: { type: gauge, help: Heat., labels: ${labels} }
  use_ratio: { type: gauge, help: Use., labels: ${labels}, range: [0, 1] }
  alive: { type: gauge, help: 1 while alive., labels: ${labels}, range: [0, 1] }
  built_timestamp_seconds: { type: gauge, help: When it was built. }
  wait_seconds: { type: histogram, help: Wait., labels: ${labels}, buckets: [0.1, 1, 10], exemplars: true }
dashboards:
  all:
    title: All
    variables: [kind, tenant]
    rows: ${JSON.stringify(rows.flatMap((row) => chunks(row.panels, 40).map((panels) => ({ ...row, panels }))))}
`;
}
