import type { GrafanaDashboard, GrafanaPanel, GrafanaRow } from '../../../src/emit/grafana/dashboard.js';

/** A query as Grafana would send it, with its variables filled in. */
export interface SentQuery {
  /** Whose it is: `overview, "Runs", A`. */
  readonly of: string;
  readonly expr: string;
  readonly instant: boolean;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

function rangeOf(from: string): number {
  const [, count, unit] = /^now-(\d+)([smhdw])$/.exec(from) ?? [];
  if (count === undefined || unit === undefined)
    throw new Error(`${from} is no time that is understood here`);
  return Number(count) * (seconds[unit] ?? NaN);
}

/** Grafana's steps are round: from grafana-data's roundInterval, those that occur. */
const roundSteps = [15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200];

/** The step of a panel: at least a scrape, and no more than a point for each of its pixels. */
function stepOf(range: number, panel: GrafanaPanel, scrapeInterval: number): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(panel.interval ?? '') ?? [];
  const least = Math.max(scrapeInterval, Number(count ?? 0) * (seconds[unit ?? ''] ?? 0));
  const pixels = (panel.gridPos.w / 24) * 1200;
  const exact = range / pixels;
  return Math.max(least, roundSteps.find((step) => step >= exact) ?? 86_400);
}

function panelsOf(dashboard: GrafanaDashboard): readonly GrafanaPanel[] {
  return dashboard.panels.flatMap((panel: GrafanaPanel | GrafanaRow) =>
    panel.type === 'row' ? (panel as GrafanaRow).panels : [panel as GrafanaPanel],
  );
}

/** All queries of a dashboard to Prometheus over its own time range, every variable at `All`. */
export function queriesOf(
  dashboard: GrafanaDashboard,
  { end, scrapeInterval }: { readonly end: number; readonly scrapeInterval: number },
): readonly SentQuery[] {
  const range = rangeOf(dashboard.time.from);
  return panelsOf(dashboard).flatMap((panel) =>
    (panel.targets ?? []).flatMap((target): readonly SentQuery[] => {
      if (!('expr' in target) || target.datasource.type !== 'prometheus' || !('instant' in target)) return [];
      const step = stepOf(range, panel, scrapeInterval);
      const rate = Math.max(step + scrapeInterval, 4 * scrapeInterval);
      const expr = target.expr
        .replace(/\$__rate_interval\b|\$\{__rate_interval\}/g, `${rate}s`)
        .replace(/\$__interval\b|\$\{__interval\}/g, `${step}s`)
        .replace(/\$__range_s\b/g, String(range))
        .replace(/\$__range\b|\$\{__range\}/g, `${range}s`)
        .replace(/\$(?:\w+|\{\w+(?::\w+)?\})/g, '.+');
      const aligned = Math.floor(end / step) * step;
      return [
        {
          of: `${dashboard.title}, "${panel.title}", ${target.refId}`,
          expr,
          instant: target.instant,
          start: aligned - range,
          end: target.instant ? end : aligned,
          step,
        },
      ];
    }),
  );
}

/** A query to a store of logs or traces. */
export interface OtherQuery {
  readonly of: string;
  readonly type: 'logs' | 'traces';
  readonly query: string;
  /** Seconds: the start of the board's time range. */
  readonly from: number;
}

/** All queries of a dashboard to stores of logs and traces, every variable at `All`. */
export function otherQueriesOf(
  dashboard: GrafanaDashboard,
  { end }: { readonly end: number },
): readonly OtherQuery[] {
  const from = end - rangeOf(dashboard.time.from);
  return panelsOf(dashboard).flatMap((panel) =>
    (panel.targets ?? []).flatMap((target): readonly OtherQuery[] => {
      const { type } = target.datasource;
      if (type === 'prometheus') return [];
      const query = 'expr' in target ? target.expr : 'query' in target ? target.query : '';
      return [
        {
          of: `${dashboard.title}, "${panel.title}"`,
          type: type === 'loki' ? 'logs' : 'traces',
          query: query.replace(/\$(?:\w+|\{\w+(?::\w+)?\})/g, '.+'),
          from,
        },
      ];
    }),
  );
}
