import { printYaml } from '../../encode/yaml.js';
import { printDuration } from '../../promql/duration.js';
import { formatPromql } from '../../promql/print.js';
import type { Rule, RuleGroup } from '../../promql/rule.js';
import { generatedHeader } from '../header.js';

const header = `${generatedHeader}\nCheck with: promtool check rules`;

/** Columns of an expression before it is laid out on several lines. */
const width = 100;

function labelsOf(labels: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined {
  return labels.size === 0 ? undefined : labels;
}

function ruleOf(rule: Rule): object {
  const expr = formatPromql(rule.expr, width);
  if (rule.kind === 'record') return { record: rule.record, expr, labels: labelsOf(rule.labels) };
  const time = (seconds: number | undefined): string | undefined =>
    seconds === undefined || seconds === 0 ? undefined : printDuration(seconds);
  return {
    alert: rule.alert,
    expr,
    for: time(rule.for),
    keep_firing_for: time(rule.keepFiringFor),
    labels: labelsOf(rule.labels),
    annotations: labelsOf(rule.annotations),
  };
}

/** A rule group as rule files have it, and what else is made of them: resources of Kubernetes, uploads to Mimir. */
export function groupObject({ name, interval, rules }: RuleGroup): object {
  return { name, interval: printDuration(interval), rules: rules.map(ruleOf) };
}

/** The text of a rule file of Prometheus. */
export function ruleFile(groups: readonly RuleGroup[]): string {
  return printYaml({ groups: groups.map(groupObject) }, header);
}
