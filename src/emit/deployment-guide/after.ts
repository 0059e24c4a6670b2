import { alertmanagerOf } from '../../alertmanager/settings.js';
import { code, link, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { listed, timeWords } from '../markdown/words.js';
import { checklist } from './checklist.js';

function budgets(model: Model): Markdown | undefined {
  const slos = [...model.slos.values()];
  if (slos.length === 0) return undefined;
  const periods = [...new Set(slos.map(({ period }) => timeWords(period)))];
  return marked`The budgets of ${listed(slos.slice(0, 6).map(({ name }) => text(name)))} mean something only when they have seen a whole period (${listed(periods.map(text))}): decide by them from then on`;
}

/** What has to be true before it is called done, and what is looked at again later. */
export function after(model: Model, stack: Stack): Markdown {
  const spec = alertmanagerOf(model);
  return checklist([
    marked`${code('obs-gen doctor')} is green, and runs each hour from somewhere else than the stack (${code('--format json')})`,
    marked`One alert of each severity has reached a person, who found the runbook by its link`,
    spec?.deadMansSwitch === undefined
      ? marked`Somebody notices when Prometheus stops: ${code('stack.alertmanager.deadMansSwitch')} makes an alert that always fires, for a receiver that notices when it does not`
      : marked`Prometheus was stopped for ten minutes in a quiet hour, and the dead man's switch told somebody`,
    marked`A page of a run leads from its alert to the dashboard, from there to a trace, from the trace to its log lines`,
    marked`Nothing secret is in a trace or a line: read twenty of each`,
    stack.access.tls
      ? undefined
      : marked`No port of the stack is reachable from outside the machine or cluster`,
    budgets(model),
    marked`After a week: series and disk against ${code('obs-gen plan')}; labels that ran over in ${code('obsgen_label_overflow_total')}`,
    marked`After a month: alerts that nobody acted on are taken out of the spec; what was switched off in the steps is removed`,
    marked`What each metric, span and alert means is in ${link(code('docs/TELEMETRY.md'), 'TELEMETRY.md')}`,
  ]);
}
