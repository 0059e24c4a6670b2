import type { Rule, RuleGroup } from '../../promql/rule.js';
import { seriesName } from '../series.js';

function nameOf(rule: Rule): string {
  return rule.kind === 'alert' ? rule.alert : rule.record;
}

/** A record or alert, with the labels that tell it from others of its name: `anomaly:earlier{seasons="2"}`. */
export function ruleName(rule: Rule, groups: readonly RuleGroup[]): string {
  const name = nameOf(rule);
  const others = groups.flatMap(({ rules }) =>
    rules.filter((each) => each !== rule && nameOf(each) === name),
  );
  const telling = [...rule.labels].filter(([label, value]) =>
    others.some((other) => other.labels.get(label) !== value),
  );
  return seriesName({ metric: name, labels: new Map(telling) });
}
