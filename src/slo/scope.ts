import type { Model } from '../model/model.js';
import { ownSeries } from '../model/own-series.js';
import { seriesNamed } from '../model/series.js';
import type { Expr } from '../promql/ast.js';
import { matcher } from '../promql/build.js';
import { transform } from '../promql/walk.js';

/**
 * An expression that reads this service's series only, where others that expose metrics of the same names share its Prometheus: every
 * selector of a declared metric, and of what the runtime counts itself, gets the service's own labels. Metrics of others are left alone,
 * recorded series carry `service` already, and a label that a selector names itself is its author's business.
 */
export function scoped(model: Model, expr: Expr): Expr {
  const { selector } = model.service;
  if (selector.size === 0) return expr;
  return transform(expr, (each) => {
    if (each.kind !== 'selector' || each.metric === undefined) return each;
    const metric = seriesNamed(model, each.metric)?.metric;
    const isOwn = ownSeries.has(each.metric) || (metric !== undefined && model.metrics.has(metric.name));
    if (!isOwn) return each;
    const named = new Set(each.matchers.map(({ label }) => label));
    const own = [...selector].filter(([label]) => !named.has(label));
    return {
      ...each,
      matchers: [...each.matchers, ...own.map(([label, value]) => matcher(label, '=', value))],
    };
  });
}
