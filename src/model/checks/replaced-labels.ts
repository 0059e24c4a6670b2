import { diagnostic } from '../../diagnostics/create.js';
import type { VectorSelector } from '../../promql/ast.js';
import { selectors } from '../../promql/walk.js';
import type { Alert, Query } from '../model.js';
import { resultLabels } from '../analysis.js';
import type { Rule } from './rule.js';

/** Labels that the rules of an alert put on its result, and the query that the result is of. */
function labelled({
  condition,
  labels,
}: Alert): { readonly query: Query; readonly set: readonly string[] } | undefined {
  const own = ['alertname', 'severity', ...labels.keys()];
  if (condition.form === 'expr') return { query: condition.query, set: own };
  if (condition.form === 'anomaly') return { query: condition.query, set: [...own, 'anomaly', 'service'] };
  return undefined;
}

/** Whether a selector asks for one value of a label: then there are no two series that differ in it. */
function fixes(selector: VectorSelector, label: string): boolean {
  return selector.matchers.some((matcher) => matcher.label === label && matcher.operator === '=');
}

/** OBS3606: what a query tells apart, the labels of its rule leave apart. */
export const replacedLabels: Rule = function* ({ model }) {
  for (const alert of model.alerts.values()) {
    const found = labelled(alert);
    const expr = found?.query.expr;
    const result = expr === undefined ? undefined : resultLabels(model, expr);
    if (found === undefined || expr === undefined || result === undefined) continue;
    for (const label of found.set) {
      if (!result.labels.has(label) || selectors(expr).every((each) => fixes(each, label))) continue;
      yield diagnostic('OBS3606', {
        message: `the rule sets \`${label}\` and replaces the label of that name in the result: series that differ in nothing else become one`,
        range: found.query.text.range,
        help: `aggregate \`${label}\` away, or give the label another name on the wire, \`as: ${label}_name\``,
      });
    }
  }
};
