import { diagnostic } from '../../diagnostics/create.js';
import { decimal, printDecimal } from '../../slo/decimal.js';
import type { Slo } from '../model.js';
import type { Rule } from './rule.js';

/** What an objective promises: two that promise the same count the same events twice, and wake people twice. */
function promise({ sli, objective, period, by }: Slo): string {
  const groups = by.map(({ key }) => key).sort();
  return JSON.stringify([sli.name, printDecimal(decimal(objective)), period.seconds, groups]);
}

/** OBS3216: no two objectives promise the same. */
export const sameObjectives: Rule = function* ({ model }) {
  const known = new Map<string, Slo>();
  for (const slo of model.slos.values()) {
    if (slo.repaired.size > 0) continue;
    const first = known.get(promise(slo));
    if (first === undefined) {
      known.set(promise(slo), slo);
      continue;
    }
    yield diagnostic('OBS3216', {
      message: `the SLO \`${slo.name}\` promises the same as \`${first.name}\``,
      range: slo.origin.key,
      related: [{ range: first.origin.key, message: 'the other one' }],
      help: 'leave one of them out, or switch the alerts of one off',
    });
  }
};
