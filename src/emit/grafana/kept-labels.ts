import type { Model } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import type { Expr, VectorSelector } from '../../promql/ast.js';

/** The labels of a metric of the spec, less those that have one value only, and the instance that exposes it. */
function ofSelector(model: Model, { metric, matchers }: VectorSelector): readonly string[] | undefined {
  const series = seriesNamed(model, metric ?? '');
  const own = series && model.metrics.get(series.metric.name);
  if (own === undefined) return undefined;
  const single = new Set(matchers.filter(({ operator }) => operator === '=').map(({ label }) => label));
  const names = [
    ...own.labels.map(({ wire }) => wire),
    ...(series?.part === 'bucket' ? ['le'] : []),
    'instance',
  ];
  return names.filter((name) => !single.has(name));
}

/** Functions whose result has no labels. */
const bare = new Set(['time', 'vector', 'scalar', 'absent', 'absent_over_time', 'pi']);

/** The labels that tell the series of an expression apart; undefined where that depends on the data. */
export function keptLabels(model: Model, expr: Expr): readonly string[] | undefined {
  switch (expr.kind) {
    case 'number':
    case 'string':
      return [];
    case 'selector':
      return ofSelector(model, expr);
    case 'paren':
    case 'unary':
    case 'subquery':
      return keptLabels(model, expr.expr);
    case 'aggregation':
      if (['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(expr.op)) return keptLabels(model, expr.expr);
      if (expr.op === 'count_values') return undefined;
      if (expr.grouping?.mode === 'without') {
        const gone = expr.grouping.labels;
        return keptLabels(model, expr.expr)?.filter((label) => !gone.includes(label));
      }
      return expr.grouping?.labels ?? [];
    case 'call': {
      if (bare.has(expr.func)) return [];
      const vector = expr.args.find((arg) => arg.kind !== 'number' && arg.kind !== 'string');
      const kept = vector && keptLabels(model, vector);
      return expr.func === 'histogram_quantile' ? kept?.filter((label) => label !== 'le') : kept;
    }
    case 'binary': {
      const fromRight = expr.left.kind === 'number' || expr.matching?.group?.side === 'right';
      return keptLabels(model, fromRight ? expr.right : expr.left);
    }
  }
}
