import type { AlertingRule } from '../../promql/rule.js';
import type { Check } from '../scenario.js';

/** A share as Prometheus prints it in percent, with four digits. */
function humanized(share: number): string {
  return `${Number((share * 100).toPrecision(4))}%`;
}

/**
 * A template of an objective's alert with labels and value filled in.
 * @throws where it has an action that these alerts do not use: a bug of ours
 */
export function fill(template: string, labels: ReadonlyMap<string, string>, value: number): string {
  return template.replace(/\{\{(.*?)\}\}/g, (_, action: string) => {
    const inner = action.trim();
    const label = /^\$labels\.(\w+)$/.exec(inner)?.[1];
    if (label !== undefined) return labels.get(label) ?? '';
    if (inner === '"{{"') return '{{';
    if (inner === '$value | humanizePercentage') return humanized(value);
    throw new Error(`bug: nobody fills in {{${action}}}`);
  });
}

/**
 * That an alert reaches Alertmanager exactly so: with the labels of the series it fires for and its own, and its annotations.
 * @param found labels of the series, without a name
 */
export function identityOf(
  rule: AlertingRule,
  at: number,
  found: ReadonlyMap<string, string>,
  value: number,
): Check {
  const filled = (templates: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...templates].map(([name, text]) => [name, fill(text, found, value)]));
  return {
    kind: 'identity',
    alert: rule.alert,
    at,
    alerts: [{ labels: new Map([...found, ...filled(rule.labels)]), annotations: filled(rule.annotations) }],
  };
}
