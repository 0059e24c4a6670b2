import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { budgetLasts, budgetSpent, canFire } from '../../slo/windows.js';
import { durationOf } from '../duration.js';
import type { Model, Slo } from '../model.js';
import { alertedArms } from './burn-rates.js';
import type { Rule } from './rule.js';

/** For how long Alertmanager waits for further alerts of a group, unless it is told otherwise: seconds. */
const groupWait = 30;

const shown = (seconds: number): string => durationOf(seconds < 1 ? seconds : Math.round(seconds)).text;

/** A complete outage spends the budget before a page can arrive. */
function tooStrict({ target }: Model, slo: Slo): Diagnostic | undefined {
  const { scrapeInterval, evaluationInterval } = target.prometheus;
  // What can never fire, or only when the budget is spent, is reported as that.
  const pages = alertedArms(slo).some(
    ({ arm }) => arm.severity === 'page' && canFire(arm, slo.objective) && budgetSpent(arm, slo) < 1,
  );
  if (!pages) return undefined;
  const delay = scrapeInterval.seconds + evaluationInterval.seconds + groupWait;
  const lasts = budgetLasts(slo, 1);
  if (lasts >= delay) return undefined;
  return diagnostic('OBS3214', {
    message: `a complete outage spends the budget of ${slo.period.text} in ${shown(lasts)}, before a page can arrive`,
    range: slo.origin.of('objective'),
    help: `a page takes about ${shown(delay)}: a scrape, an evaluation, ${groupWait}s in Alertmanager; lower the objective, or let the service mend itself and file tickets only`,
  });
}

/** An outage that takes the data along spends the budget before anybody hears of it. */
function tooPatient(slo: Slo): Diagnostic | undefined {
  const { noData } = slo.alerting;
  const isWritten = slo.origin.text('alerting', 'noData') !== undefined;
  const lasts = budgetLasts(slo, 1);
  if (noData === undefined || !isWritten || noData.seconds <= lasts) return undefined;
  return diagnostic('OBS3215', {
    message: `an outage without data spends the budget of ${slo.period.text} in ${shown(lasts)}, before the alert after ${noData.text}`,
    range: slo.origin.of('alerting', 'noData'),
    help: `wait for less than ${shown(lasts)}, or lower the objective`,
  });
}

/** OBS3214, OBS3215: alerts come while there is something left of the budget. */
export const reactionTimes: Rule = function* ({ model }) {
  for (const slo of model.slos.values()) {
    const { repaired } = slo;
    if (['windows', 'alerting', 'objective', 'period'].some((key) => repaired.has(key))) continue;
    for (const found of [tooStrict(model, slo), tooPatient(slo)]) if (found !== undefined) yield found;
  }
};
