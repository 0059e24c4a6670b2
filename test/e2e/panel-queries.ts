import type { GrafanaDashboard, GrafanaPanel, PrometheusTarget } from '../../src/emit/grafana/dashboard.js';
import { interpolate, type Chosen } from '../../src/preview/page/query/interpolate.js';
import { durationText, intervalsOf } from '../../src/preview/page/query/interval.js';
import type { RunningProgram } from '../support/running-program.js';

/** A query of a panel. */
export interface PanelQuery {
  readonly board: string;
  readonly panel: string;
  readonly panelType: string;
  readonly target: PrometheusTarget;
  /** The panel's own least step. */
  readonly interval: string | undefined;
}

/** The panels of a dashboard, those in closed rows as well. */
export function panelsOf({ panels }: Pick<GrafanaDashboard, 'panels'>): readonly GrafanaPanel[] {
  return panels.flatMap((panel): readonly GrafanaPanel[] => ('options' in panel ? [panel] : panel.panels));
}

/** Every query that Prometheus is asked, panel by panel. */
export function queriesOf(board: string, dashboard: GrafanaDashboard): readonly PanelQuery[] {
  return panelsOf(dashboard).flatMap(({ title, type, interval, targets = [] }) =>
    targets
      .filter((target): target is PrometheusTarget => target.datasource.type === 'prometheus')
      .map((target) => ({ board, panel: title, panelType: type, target, interval })),
  );
}

/** What is asked where nobody has chosen anything: all values of each variable. */
export function nothingChosen({ templating }: GrafanaDashboard): ReadonlyMap<string, Chosen> {
  return new Map(
    templating.list.flatMap((variable): readonly (readonly [string, Chosen])[] =>
      variable.type === 'query'
        ? [[variable.name, { ...variable, values: [], all: true, allValue: variable.allValue }]]
        : [],
    ),
  );
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: {
    readonly result: readonly {
      readonly values?: readonly (readonly [number, string])[];
      readonly value?: readonly [number, string];
    }[];
  };
}

/** The times of a question, in seconds. */
export interface Times {
  readonly end: number;
  /** The length of what is shown. */
  readonly range: number;
  readonly scrapeInterval: number;
}

/** Pixels of a graph that takes half of a page. */
const pixels = 600;

/**
 * Asks Prometheus what Grafana would ask it for a panel.
 * @returns how many numbers came; a text where it refused the query
 */
export async function ask(
  prometheus: RunningProgram,
  { target, interval }: PanelQuery,
  chosen: ReadonlyMap<string, Chosen>,
  { end, range, scrapeInterval }: Times,
): Promise<number | string> {
  const { step, rate } = intervalsOf({
    range: range * 1000,
    points: pixels,
    least: [interval, target.interval],
    scrapeInterval,
    queryInterval: target.interval,
  });
  const builtIn = new Map([
    ['__interval', durationText(step)],
    ['__rate_interval', durationText(rate)],
    ['__range', durationText(range * 1000)],
    ['__range_s', String(range)],
  ]);
  const query = interpolate(target.expr, chosen, builtIn);
  const seconds = step / 1000;
  // Grafana lets both ends lie on a step. The service is younger than some steps are long: it is looked at when the step is over.
  const last = Math.ceil(end / seconds) * seconds;
  const search = new URLSearchParams(
    target.instant
      ? { query, time: String(end) }
      : { query, start: String(last - range), end: String(last), step: String(seconds) },
  );
  const path = target.instant ? 'query' : 'query_range';
  const response = await fetch(`${prometheus.address}/api/v1/${path}?${search.toString()}`);
  const { status, error, data } = (await response.json()) as Answer;
  if (status !== 'success') return `${error ?? status}: ${query}`;
  const samples = data.result.flatMap(({ values, value }) => values ?? (value === undefined ? [] : [value]));
  return samples.filter(([, value]) => value !== 'NaN').length;
}
