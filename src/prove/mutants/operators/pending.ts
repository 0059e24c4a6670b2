import { printDuration } from '../../../promql/duration.js';
import type { RuleChange, RuleOperator } from '../mutant.js';
import { became, dropped } from '../words.js';

function time(key: string, seconds: number): string {
  return `${key}: ${printDuration(seconds)}`;
}

/** `for` left out, halved and doubled; `keep_firing_for` left out. */
export const pending: RuleOperator = (rule) => {
  if (rule.kind !== 'alert') return [];
  const found: RuleChange[] = [];
  const { for: waits, keepFiringFor } = rule;
  if (waits !== undefined && waits > 0) {
    found.push({ kind: 'for', what: dropped(time('for', waits)), rule: { ...rule, for: undefined } });
    for (const seconds of [waits / 2, waits * 2]) {
      found.push({
        kind: 'for',
        what: became(time('for', waits), time('for', seconds)),
        rule: { ...rule, for: seconds },
      });
    }
  }
  if (keepFiringFor !== undefined && keepFiringFor > 0) {
    found.push({
      kind: 'keep-firing-for',
      what: dropped(time('keep_firing_for', keepFiringFor)),
      rule: { ...rule, keepFiringFor: undefined },
    });
  }
  return found;
};
