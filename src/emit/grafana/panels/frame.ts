import type { FieldDefaults, PanelContent, Threshold } from '../dashboard.js';
import { dataLinks } from '../data-links.js';
import { describe, panelLinks } from '../descriptions.js';
import { thresholdSteps } from '../thresholds.js';
import type { PanelQuery } from '../queries.js';
import type { PanelView } from '../view.js';
import { durations, selectors, walk } from '../../../promql/walk.js';
import { durationOf } from '../../../model/duration.js';

/** Title for a panel whose author gave none. */
export function titleOf({ panel }: PanelView): string {
  if (panel.title !== '') return panel.title;
  return (
    { logs: 'Logs', traces: 'Traces', alertlist: 'Alerts', text: 'Notes' }[panel.type as string] ?? 'Query'
  );
}

/** What every panel has, whatever it shows. @param unit of its numbers */
export function frame(view: PanelView, unit?: string): Pick<PanelContent, 'title' | 'description' | 'links'> {
  return { title: titleOf(view), description: describe(view, unit), links: panelLinks(view) };
}

/** The steps of the alert's limit, or one neutral step. */
export function thresholds(view: PanelView, neutral = 'green'): NonNullable<FieldDefaults['thresholds']> {
  const limit = view.alert?.limit;
  const steps: readonly Threshold[] =
    limit === undefined ? [{ color: neutral, value: null }] : thresholdSteps(limit);
  return { mode: 'absolute', steps };
}

/** The last value that is there: what "now" means for a number. */
export function lastValue(calc: 'lastNotNull' | 'mean' = 'lastNotNull'): object {
  return { calcs: [calc], fields: '', values: false };
}

/** The least step of a panel whose queries count what happened in a step: below four scrapes it would be empty now and then. */
export function leastStep(view: PanelView, queries: readonly PanelQuery[]): string | undefined {
  const counts = queries.some(({ expr }) =>
    durations(expr).some((each) => each.kind === 'variable' && each.name === '$__interval'),
  );
  return counts
    ? durationOf(Math.max(60, 4 * view.model.target.prometheus.scrapeInterval.seconds)).text
    : undefined;
}

/** Whether there is nothing to show while nothing happens: a share or a mean of nothing. */
function needsTraffic({ expr }: PanelQuery): boolean {
  let found = false;
  walk(expr, (each) => {
    if (each.kind === 'binary' && each.op === '/' && selectors(each.right).length > 0) found = true;
    if (each.kind === 'call' && each.func === 'histogram_quantile') found = true;
  });
  return found;
}

/** What stands where there is no number, and what a click on one leads to. */
export function surroundings(
  view: PanelView,
  queries: readonly PanelQuery[],
): Pick<FieldDefaults, 'links' | 'noValue'> {
  return {
    links: dataLinks(view, queries),
    noValue: queries.some(needsTraffic) ? 'no traffic' : 'no data',
  };
}
