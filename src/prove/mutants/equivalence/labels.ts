import type { Rule } from '../../../promql/rule.js';
import { pinned } from './pinned.js';

/** A label that a rule adds although everything that its expression yields has it already, with the same value. */
export function needlessLabel({ expr }: Rule, label: string, value: string): string | undefined {
  return pinned(expr).get(label) === value && !value.includes('{{')
    ? 'every series of the result has this label already'
    : undefined;
}
