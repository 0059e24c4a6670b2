import { isInfrastructureLabel } from '../../model/checks/infrastructure-labels.js';
import type { Metric, Model } from '../../model/model.js';
import { seriesNamed } from '../../model/series.js';
import type { Expr } from '../../promql/ast.js';
import { walk } from '../../promql/walk.js';
import { named } from '../board.js';
import { fault, fine, type Rule } from '../rule.js';
import { nameOf, placedSelectors, readTargets } from '../selectors.js';

function metricOf(model: Model, name: string | undefined): Metric | undefined {
  return model.metrics.get(seriesNamed(model, name ?? '')?.metric.name ?? '');
}

/** Whether something in an expression makes labels that its series do not have. */
function makesLabels(expr: Expr): boolean {
  let found = false;
  walk(expr, (each) => {
    if (each.kind === 'call' && /^label_/.test(each.func)) found = true;
    if (each.kind === 'aggregation' && each.op === 'count_values') found = true;
    if (each.kind === 'binary' && each.matching?.group !== undefined) found = true;
  });
  return found;
}

/** A label that an aggregation groups by and none of the series inside has. */
function ungroupable(model: Model, expr: Expr): string | undefined {
  let found: string | undefined;
  walk(expr, (each) => {
    if (each.kind !== 'aggregation' || each.grouping?.mode !== 'by' || makesLabels(each.expr)) return;
    const metrics = placedSelectors(each.expr).map(({ selector }) => metricOf(model, nameOf(selector)));
    found ??= each.grouping.labels.find(
      (label) =>
        !isInfrastructureLabel(label) &&
        metrics.length > 0 &&
        metrics.every((metric) => metric?.labels.every(({ wire }) => wire !== label) === true),
    );
  });
  return found;
}

/** Matchers and groups name labels that the metric has. */
export const unknownLabel: Rule = {
  id: 'unknown-label',
  from: 'obs-gen',
  needsModel: true,
  *check(board, { model }) {
    if (model === undefined) return;
    for (const { panel, target, expr, path } of readTargets(board)) {
      const query = `query ${target.refId ?? '?'} of ${named(panel)}`;
      const place = { panel, path };
      for (const { selector } of placedSelectors(expr)) {
        const metric = metricOf(model, nameOf(selector));
        if (metric === undefined) continue;
        const wrong = selector.matchers.find(
          ({ label }) => !isInfrastructureLabel(label) && metric.labels.every(({ wire }) => wire !== label),
        );
        yield wrong === undefined
          ? fine(place)
          : fault(
              place,
              `${query} narrows \`${metric.name}\` by \`${wrong.label}\`, which it does not have`,
              'use one of its labels',
            );
      }
      const lost = ungroupable(model, expr);
      if (lost !== undefined)
        yield fault(
          place,
          `${query} groups by \`${lost}\`, which the series do not have`,
          'use one of their labels',
        );
    }
  },
};
