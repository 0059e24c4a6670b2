import { needlessLabel } from '../equivalence/index.js';
import type { RuleChange, RuleOperator } from '../mutant.js';
import { became, dropped } from '../words.js';

function without(labels: ReadonlyMap<string, string>, label: string): ReadonlyMap<string, string> {
  return new Map([...labels].filter(([each]) => each !== label));
}

/** The severity of an alert swapped; every other label of a rule left out. */
export const labels: RuleOperator = (rule) =>
  [...rule.labels].map(([label, value]): RuleChange => {
    if (rule.kind === 'alert' && label === 'severity') {
      const other = value === 'page' ? 'ticket' : 'page';
      return {
        kind: 'severity',
        what: became(`severity: ${value}`, `severity: ${other}`),
        rule: { ...rule, labels: new Map([...rule.labels, [label, other]]) },
      };
    }
    return {
      kind: 'label',
      what: `the label ${dropped(`${label}: ${value}`)}`,
      rule: { ...rule, labels: without(rule.labels, label) },
      equivalent: needlessLabel(rule, label, value),
    };
  });
