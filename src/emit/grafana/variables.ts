import type { Metric, Model } from '../../model/model.js';
import { printPromql } from '../../promql/print.js';
import { matcher, selector } from '../../promql/build.js';
import { formerName } from '../../renames/bridge.js';
import type { DataSourceRef, QueryVariable } from './dashboard.js';
import { hasLabel, scopeMatchers, type ScopeVariable } from './scope.js';

/** Whether a metric has rows from the moment the service starts, so that choices made from it are never empty. */
function isAlwaysThere(metric: Metric): boolean {
  return metric.labels.length === 0 || metric.initialised;
}

/**
 * The series whose label values are offered: of a metric that the dashboard shows before others, one of the service's own before a
 * preset's (which other services expose too), one that is always there before one that begins with the first event. Where the service
 * has none, somebody else's metric that has the label.
 */
function sourceSeries(model: Model, variable: ScopeVariable, shown: readonly Metric[]): string | undefined {
  const has = (metric: Metric): boolean => variable.label === undefined || hasLabel(metric, variable.label);
  const onPage = new Set(shown);
  const rank = (metric: Metric): number =>
    (metric.origin.preset === undefined ? 0 : 4) +
    (isAlwaysThere(metric) ? 0 : 2) +
    (onPage.has(metric) ? 0 : 1);
  let best: Metric | undefined;
  for (const metrics of [shown, model.metrics.values()]) {
    for (const metric of metrics) {
      if (has(metric) && (best === undefined || rank(metric) < rank(best))) best = metric;
    }
  }
  if (best !== undefined) return best.type === 'histogram' ? `${best.name}_count` : best.name;
  return [...model.external.values()].find(({ labels }) => labels?.includes(variable.wire))?.name;
}

/** `tool_name` as people read it: `Tool name`. */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

interface Choice {
  readonly datasource: DataSourceRef;
  /** Variables that narrow the choice of this one. */
  readonly before: readonly ScopeVariable[];
  readonly shown: readonly Metric[];
}

/** A variable whose choices are the values of a label; undefined where no metric has it. */
export function queryVariable(
  model: Model,
  variable: ScopeVariable,
  choice: Choice,
): QueryVariable | undefined {
  const series = sourceSeries(model, variable, choice.shown);
  if (series === undefined) return undefined;
  const narrowing = scopeMatchers(model, series, choice.before);
  const former = formerName(model, series);
  const source =
    former === undefined
      ? selector(series, narrowing)
      : selector(undefined, [matcher('__name__', '=~', `${series}|${former}`), ...narrowing]);
  const query = `label_values(${printPromql(source)}, ${variable.wire})`;
  return {
    type: 'query',
    name: variable.name,
    label: titleOf(variable.label?.key.replace(/^.*\./, '') ?? variable.name),
    description: variable.label?.description,
    datasource: choice.datasource,
    definition: query,
    query,
    allValue: '.+',
    current: { selected: true, text: ['All'], value: ['$__all'] },
    hide: 0,
    includeAll: true,
    multi: true,
    options: [],
    refresh: 2,
    regex: '',
    skipUrlSync: false,
    sort: 1,
  };
}
