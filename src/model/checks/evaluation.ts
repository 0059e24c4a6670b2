import { diagnostic } from '../../diagnostics/create.js';
import { ruleGroupFiles } from '../../emit/prometheus/files.js';
import { printDuration } from '../../promql/duration.js';
import { recordedNames } from '../../slo/recorded-names.js';
import { profileOf } from '../../targets/index.js';
import { isReplaced, keyRange } from './places.js';
import { queriesOf } from './query-list.js';
import type { Rule } from './rule.js';

/** OBS3605: samples and recorded values come often enough for queries to find the last one. */
export const intervals: Rule = function* (input) {
  const { target } = input.model;
  const { lookback } = profileOf(target.prometheus);
  for (const [key, what] of [
    ['scrapeInterval', 'samples come'],
    ['evaluationInterval', 'rules are evaluated'],
  ] as const) {
    const interval = target.prometheus[key];
    if (interval.seconds <= lookback || isReplaced(input, '/target/prometheus', key)) continue;
    yield diagnostic('OBS3605', {
      message: `${what} every ${interval.text}, and queries look back ${printDuration(lookback)}: they find nothing in between`,
      range: keyRange(input, 'target', 'prometheus', key),
      help: 'two of them should fit into that time: 2m at most',
    });
  }
};

/** OBS3607: the groups of rules are as many as a tenant may have. */
export const groupLimit: Rule = function* (input) {
  const { model } = input;
  const { mostGroups, name } = profileOf(model.target.prometheus);
  if (mostGroups === undefined) return;
  // Without rules there is nothing to count: what is wrong with a query, an objective or an alert has been reported.
  const isWhole =
    recordedNames(model) !== undefined &&
    [...model.alerts.values()].every(({ repaired }) => repaired.size === 0) &&
    queriesOf(model).every(({ query }) => query.expr !== undefined);
  if (!isWhole) return;
  const groups = ruleGroupFiles(model).flatMap((file) => file.groups).length;
  if (groups <= mostGroups) return;
  yield diagnostic('OBS3607', {
    message: `this spec makes ${groups} groups of rules, and a tenant of ${name} may have ${mostGroups} unless its limit was raised`,
    range: keyRange(input, 'target', 'prometheus', 'dialect'),
    help: 'have `ruler_max_rule_groups_per_tenant` raised for the tenant, and accept this with `suppress`',
  });
};
