import type { FieldDefaults, PanelContent, Threshold } from '../dashboard.js';
import { describe, panelLinks } from '../descriptions.js';
import { thresholdSteps } from '../thresholds.js';
import type { PanelView } from '../view.js';

/** Title for a panel whose author gave none. */
function titleOf({ panel }: PanelView): string {
  if (panel.title !== '') return panel.title;
  return (
    { logs: 'Logs', traces: 'Traces', alertlist: 'Alerts', text: 'Notes' }[panel.type as string] ?? 'Query'
  );
}

/** What every panel has, whatever it shows. */
export function frame(view: PanelView): Pick<PanelContent, 'title' | 'description' | 'links'> {
  return { title: titleOf(view), description: describe(view), links: panelLinks(view) };
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

/** Bars and buckets count what happened in a step: a step below four scrapes would be empty now and then. */
export function countingInterval(view: PanelView): string {
  const seconds = Math.max(60, 4 * view.model.target.prometheus.scrapeInterval.seconds);
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${Math.ceil(seconds)}s`;
}
