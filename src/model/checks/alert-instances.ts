import { diagnostic } from '../../diagnostics/create.js';
import type { Value } from '../../promql/analysis/value.js';
import type { Expr } from '../../promql/ast.js';
import { selectors } from '../../promql/walk.js';
import { analysisOf } from '../analysis.js';
import type { Rule } from './rule.js';
import { grouped, plainList } from './words.js';

/** More alerts than this at one time are read by nobody. */
const most = 1000;

/** Whether every selector asks for one value, or for a few. */
function isNarrowed(expr: Expr, label: string): boolean {
  return selectors(expr).every(({ matchers }) =>
    matchers.some((each) => each.label === label && (each.operator === '=' || each.operator === '=~')),
  );
}

/** How many values each label of a result can have, those of one value left out. */
function sizesOf(expr: Expr, { labels, sources }: Value): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const fact of sources) {
    for (const { name, values, cap } of fact.labels ?? []) {
      const size = values?.length ?? cap + 1;
      const isThere = labels?.labels.has(name) === true && Number.isFinite(size) && size > 1;
      if (isThere && !isNarrowed(expr, name)) sizes.set(name, Math.min(size, sizes.get(name) ?? size));
    }
  }
  return sizes;
}

/** OBS3315: an incident does not send more alerts than anybody can read. */
export const alertInstances: Rule = function* ({ model }) {
  for (const { condition } of model.alerts.values()) {
    if (condition.form !== 'expr' || condition.query.expr === undefined) continue;
    const { expr, text } = condition.query;
    const sizes = sizesOf(expr, analysisOf(model, expr, 'alert').value);
    const product = [...sizes.values()].reduce((all, size) => all * size, 1);
    if (product <= most) continue;
    yield diagnostic('OBS3315', {
      message: `up to ${grouped(product)} alerts at one time: one for each ${plainList([...sizes.keys()])}`,
      range: text.range,
      help: 'aggregate the labels away that nobody acts on',
    });
  }
};
