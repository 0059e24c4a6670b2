import { onlyWatchOf } from '../../dashboard-lint/alert-limits.js';
import { analysisOf } from '../analysis.js';
import type { Alert, Metric, Model, Panel, Show } from '../model.js';

/** The unit of what a panel shows of a metric, as analyses of queries name it; undefined where the name has none. */
export function shownUnit(metric: Metric, show: Show | undefined): string | undefined {
  const { type, unit } = metric;
  if (type === 'gauge') return unit;
  if (type === 'counter') return show === 'increase' ? (unit ?? 'count') : `${unit ?? 'count'}/s`;
  if (show === 'increase') return 'count';
  return show === 'rate' ? 'count/s' : unit;
}

/** The unit of what a panel shows; undefined where nothing says. */
export function unitOfPanel(model: Model, { source }: Panel): string | undefined {
  if (source.kind === 'metric') return shownUnit(source.metric, source.show[0]);
  if (source.kind !== 'queries') return undefined;
  const [first] = source.queries;
  return first?.query.expr && analysisOf(model, first.query.expr, 'panel').value.unit;
}

/** The unit of what an alert compares with its threshold; undefined where nothing says. */
export function unitOfAlert(model: Model, alert: Alert): string | undefined {
  const { condition } = alert;
  if (condition.form === 'ratio') return 'ratio';
  if (condition.form === 'forecast') return 'unit' in condition.metric ? condition.metric.unit : undefined;
  const watch = onlyWatchOf(alert);
  return watch && analysisOf(model, watch.expr, 'rule').value.unit;
}
