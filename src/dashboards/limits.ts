import { alertView } from '../emit/grafana/alert-view.js';
import type { Limit } from '../emit/grafana/thresholds.js';
import type { Alert, Label, Metric, Model, Show } from '../model/model.js';
import { seriesNamed } from '../model/series.js';
import type { Expr, Matcher, VectorSelector } from '../promql/ast.js';
import { printPromql } from '../promql/print.js';
import { transform } from '../promql/walk.js';

interface Watch {
  readonly alert: Alert;
  readonly limit: Limit;
  readonly expr: Expr;
  /** What two expressions share that look at the same thing. */
  readonly shape: string;
}

const scraped: ReadonlySet<string> = new Set(['job', 'instance']);

function plainMatchers(matchers: readonly Matcher[]): readonly Matcher[] {
  return matchers
    .filter(({ label }) => !scraped.has(label))
    .map(({ label, operator, value }) => ({ label, operator, value }))
    .sort((a, b) => (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}

function isZero(expr: Expr): boolean {
  return expr.kind === 'number' && expr.value === 0;
}

/**
 * An expression without what makes no difference to where a limit on it lies: the window of a rate, the order of labels, guards against
 * idle time, and parentheses.
 */
function shapeOf(expr: Expr): string {
  const plain = transform(expr, (each) => {
    switch (each.kind) {
      case 'selector':
        return { ...each, matchers: plainMatchers(each.matchers) };
      case 'paren':
        return each.expr;
      case 'call': {
        const [first] = each.args;
        return each.func === 'rate' && first?.kind === 'selector'
          ? { ...each, args: [{ ...first, range: { kind: 'duration', seconds: 60 } as const }] }
          : each;
      }
      case 'aggregation': {
        const { grouping } = each;
        return grouping === undefined
          ? each
          : { ...each, grouping: { mode: grouping.mode, labels: [...grouping.labels].sort() } };
      }
      case 'binary':
        if (each.op === '>' && each.bool !== true && isZero(each.right)) return each.left;
        if (
          each.op === 'or' &&
          each.right.kind === 'binary' &&
          each.right.op === '*' &&
          isZero(each.right.left)
        )
          return each.left;
        return each;
      default:
        return each;
    }
  });
  return printPromql(plain);
}

/** Whether the limit says little by itself: tasks that wait are trouble only while nobody works. */
function isConditional({ condition }: Alert, { value }: Limit): boolean {
  const expr = condition.form === 'expr' ? condition.query.expr : undefined;
  return expr?.kind === 'binary' && (expr.op === 'and' || expr.op === 'unless') && value === 0;
}

/** The alert that fires first stands first. */
function byLimit(a: Watch, b: Watch): number {
  const rising = a.limit.bad.startsWith('<') ? -1 : 1;
  return rising * (a.limit.value - b.limit.value);
}

const known = new WeakMap<Model, readonly Watch[]>();

function watchesOf(model: Model): readonly Watch[] {
  const found = known.get(model);
  if (found !== undefined) return found;
  const made = [...model.alerts.values()].flatMap((alert): readonly Watch[] => {
    const { form } = alert.condition;
    // The number of series and a forecast are other things than the value now.
    if (alert.repaired.size > 0 || form === 'absent' || form === 'forecast' || form === 'anomaly') return [];
    const view = alertView(model, alert);
    if (view?.limit === undefined || isConditional(alert, view.limit)) return [];
    return [{ alert, limit: view.limit, expr: view.expr, shape: shapeOf(view.expr) }];
  });
  known.set(model, made);
  return made;
}

/** The alert that watches just what an expression shows, so that its limit can be drawn beside it. */
export function alertOn(model: Model, expr: Expr): Alert | undefined {
  const shape = shapeOf(expr);
  return watchesOf(model)
    .filter((watch) => watch.shape === shape)
    .sort(byLimit)[0]?.alert;
}

/** How an alert looks at one metric, in the words of a panel. */
export interface WatchedMetric {
  readonly alert: Alert;
  readonly show: Show;
  readonly by: readonly Label[];
}

const quantiles: ReadonlyMap<number, Show> = new Map([
  [0.5, 'p50'],
  [0.9, 'p90'],
  [0.95, 'p95'],
  [0.99, 'p99'],
]);

function isWhole(model: Model, { matchers, offset }: VectorSelector): boolean {
  const { selector } = model.service;
  return offset === undefined && matchers.every(({ label }) => scraped.has(label) || selector.has(label));
}

/** The labels of a grouping that the metric has; undefined where one of them is something else. */
function labelsOf(metric: Metric, names: readonly string[]): readonly Label[] | undefined {
  const found = names
    .filter((name) => name !== 'le' && !scraped.has(name))
    .map((name) => metric.labels.find(({ wire }) => wire === name));
  return found.includes(undefined) ? undefined : found.filter((label) => label !== undefined);
}

function viewOf(
  model: Model,
  metric: Metric,
  { expr, limit }: Watch,
): Omit<WatchedMetric, 'alert'> | undefined {
  const isOf = (each: Expr | undefined, part: string): boolean => {
    if (each?.kind !== 'selector' || each.metric === undefined || !isWhole(model, each)) return false;
    const series = seriesNamed(model, each.metric);
    return series?.metric === metric && series.part === part;
  };
  if (metric.type === 'gauge' && isOf(expr, 'value')) {
    return { show: limit.bad.startsWith('<') ? 'min' : 'max', by: metric.labels };
  }
  if (expr.kind === 'call' && expr.func === 'histogram_quantile') {
    const [q, buckets] = expr.args;
    const show = q?.kind === 'number' ? quantiles.get(q.value) : undefined;
    if (show === undefined || buckets?.kind !== 'aggregation' || buckets.op !== 'sum') return undefined;
    const inner =
      buckets.expr.kind === 'call' && buckets.expr.func === 'rate' ? buckets.expr.args[0] : undefined;
    const by = buckets.grouping?.mode === 'by' ? labelsOf(metric, buckets.grouping.labels) : undefined;
    return by !== undefined && isOf(inner, 'bucket') ? { show, by } : undefined;
  }
  if (expr.kind !== 'aggregation' || expr.grouping?.mode === 'without') return undefined;
  const by = labelsOf(metric, expr.grouping?.labels ?? []);
  if (by === undefined) return undefined;
  const { op } = expr;
  if (op === 'sum' && metric.type === 'counter' && expr.expr.kind === 'call' && expr.expr.func === 'rate')
    return isOf(expr.expr.args[0], 'value') ? { show: 'rate', by } : undefined;
  if (metric.type !== 'gauge' || !isOf(expr.expr, 'value')) return undefined;
  return op === 'sum' || op === 'max' || op === 'min' || op === 'avg' ? { show: op, by } : undefined;
}

/** How the alert on a metric looks at it, so that a panel can look at it in the same way; undefined where none watches it alone. */
export function watchedMetric(model: Model, metric: Metric): WatchedMetric | undefined {
  const found = [...watchesOf(model)].sort(byLimit);
  for (const watch of found) {
    const view = viewOf(model, metric, watch);
    if (view !== undefined) return { alert: watch.alert, ...view };
  }
  return undefined;
}
