import type { Label, Model } from '../model/model.js';
import { seriesNamed } from '../model/series.js';
import type { Expr } from '../promql/ast.js';
import { walk } from '../promql/walk.js';
import { nameOf, placedSelectors } from './selectors.js';

/** More lines than this nobody tells apart. */
const most = 20;

const picking: ReadonlySet<string> = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio', 'quantile']);

function labelsOf(model: Model, expr: Expr): readonly Label[] {
  return placedSelectors(expr).flatMap(({ selector }) => {
    const series = seriesNamed(model, nameOf(selector) ?? '');
    return model.metrics.get(series?.metric.name ?? '')?.labels ?? [];
  });
}

/** An open label that the result keeps, so that there may be any number of lines; undefined where there is none. */
export function openLabel(model: Model, expr: Expr): Label | undefined {
  let found: Label | undefined;
  walk(expr, (each, parents) => {
    if (each.kind !== 'aggregation' || each.grouping?.mode !== 'by') return;
    const outer = [...parents, each];
    if (outer.some((parent) => parent.kind === 'aggregation' && picking.has(parent.op))) return;
    const above = parents.filter((parent) => parent.kind === 'aggregation');
    const kept = each.grouping.labels.filter((label) =>
      above.every((parent) => parent.grouping?.labels.includes(label) === (parent.grouping?.mode === 'by')),
    );
    found ??= labelsOf(model, each.expr).find(
      ({ wire, bound }) => kept.includes(wire) && bound.kind === 'open' && bound.cap > most,
    );
  });
  return found;
}
