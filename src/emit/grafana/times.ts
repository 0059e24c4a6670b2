import type { Dashboard, Model } from '../../model/model.js';

/** Whether a dashboard shows nothing but objectives, which are looked at over their periods. */
function isAboutObjectives({ topic, rows }: Dashboard): boolean {
  if (topic !== undefined) return topic === 'slo' || topic === 'slos';
  return rows.every(({ panels }) =>
    panels.every(({ source }) => source.kind === 'slo' || source.kind === 'objectives'),
  );
}

/** The time that a dashboard shows unless it says so itself: an hour, or the longest period of its objectives. */
function defaultFrom(dashboard: Dashboard): string {
  if (!isAboutObjectives(dashboard)) return 'now-1h';
  const periods = dashboard.rows
    .flatMap(({ panels }) => panels)
    .flatMap(({ source }) =>
      source.kind === 'slo'
        ? [source.slo.period]
        : source.kind === 'objectives'
          ? source.slos.map(({ period }) => period)
          : [],
    );
  const [longest] = [...periods].sort((a, b) => b.seconds - a.seconds);
  return longest === undefined ? 'now-30d' : `now-${Math.ceil(longest.seconds / 86_400)}d`;
}

/** How often it is asked again unless it says so itself: never more often than there is something new. */
function defaultRefresh({ target }: Model, dashboard: Dashboard): string {
  const { scrapeInterval } = target.prometheus;
  const usual = isAboutObjectives(dashboard) ? 60 : 30;
  if (scrapeInterval.seconds <= usual) return usual === 60 ? '1m' : '30s';
  return scrapeInterval.seconds <= 60 ? '1m' : '5m';
}

/** The time range of a dashboard, and how often it is refreshed. */
export function timesOf(
  model: Model,
  dashboard: Dashboard,
): { readonly time: { readonly from: string; readonly to: 'now' }; readonly refresh: string } {
  return {
    time: { from: dashboard.from ?? defaultFrom(dashboard), to: 'now' },
    refresh: dashboard.refresh ?? defaultRefresh(model, dashboard),
  };
}
