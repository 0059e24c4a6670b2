import { diagnostic } from '../../diagnostics/create.js';
import { printPromql } from '../../promql/print.js';
import type { Alert } from '../model.js';
import { queriesOfAlert } from '../resolve/readers.js';
import type { Rule } from './rule.js';

/** What decides when an alert fires and for whom; undefined where a query has a fault. */
function identityOf(alert: Alert): string | undefined {
  const { condition, severity, labels, repaired } = alert;
  const queries = queriesOfAlert(alert).map(({ expr }) => expr && printPromql(expr));
  // What else a condition consists of is compared for expressions only: others have numbers of their own.
  if (condition.form !== 'expr' || repaired.size > 0 || queries.includes(undefined)) return undefined;
  return JSON.stringify([queries, severity, alert.for?.seconds ?? 0, [...labels].sort()]);
}

/** OBS3314: no two alerts say the same. */
export const alertTwins: Rule = function* ({ model }) {
  const first = new Map<string, Alert>();
  for (const alert of model.alerts.values()) {
    const identity = identityOf(alert);
    if (identity === undefined) continue;
    const other = first.get(identity);
    if (other === undefined) {
      first.set(identity, alert);
      continue;
    }
    yield diagnostic('OBS3314', {
      message: `\`${alert.name}\` has the condition and the severity of \`${other.name}\``,
      range: alert.origin.key,
      related: [{ range: other.origin.key, message: 'the other one' }],
      help: 'remove one, or give them different severities, thresholds or pending times',
    });
  }
};
