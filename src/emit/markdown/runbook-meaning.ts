import { authored } from '../../encode/authored-markdown.js';
import { code, marked, quotation, table, text, type Markdown } from '../../encode/markdown.js';
import { durationOf } from '../../model/duration.js';
import type { Alert, BurnArm, Model, Slo } from '../../model/model.js';
import { printDuration } from '../../promql/duration.js';
import { printPromql } from '../../promql/print.js';
import type { AlertingRule } from '../../promql/rule.js';
import { leastBad } from '../../slo/alerts.js';
import { printDecimal } from '../../slo/decimal.js';
import type { SloPlan } from '../../slo/plan.js';
import { armThreshold, budgetSpent } from '../../slo/windows.js';
import { alertView } from '../grafana/alert-view.js';
import type { Limit } from '../grafana/thresholds.js';
import { conditionWords } from './alerts.js';
import type { RunbookAlert, SecurityEvent } from './runbook-subject.js';
import { blocks, byWords, listed, percent } from './words.js';

/** When the rule goes from its condition to an alert, and back. */
function pendingWords({ for: pending, keepFiringFor }: AlertingRule): Markdown {
  const start =
    pending === undefined || pending === 0
      ? marked`It fires at the first evaluation at which that is so`
      : marked`It fires when that has been so for ${text(printDuration(pending))} without a break`;
  return keepFiringFor === undefined
    ? marked`${start}.`
    : marked`${start}, and goes on for ${text(printDuration(keepFiringFor))} after it has ended.`;
}

/** An arm as a line of a table: how fast, over which windows, and what it costs. */
function armRow(slo: Slo, plan: SloPlan, arm: BurnArm): readonly Markdown[] {
  const least = leastBad(plan, arm);
  const unit = plan.measurement.kind === 'time' ? 'evaluations' : 'events';
  const share = Number(printDecimal(armThreshold(arm, slo.objective)));
  return [
    marked`${arm.factor}`,
    text(percent(share)),
    text(arm.long.text),
    text(arm.short.text),
    least === undefined ? marked`` : marked`${least} ${text(unit)}`,
    text(percent(Number(budgetSpent(arm, slo).toPrecision(3)))),
    text(durationOf(Math.round(slo.period.seconds / arm.factor / 60) * 60).text),
  ];
}

function budgetMeaning(slo: Slo, plan: SloPlan, arms: readonly BurnArm[]): Markdown {
  const bad = plan.measurement.kind === 'time' ? 'of the time is bad' : 'of what is counted is bad';
  const head = [
    marked`Burn rate above`,
    marked`Bad above`,
    marked`Over`,
    marked`And over`,
    marked`Bad at least`,
    marked`Budget spent by then`,
    marked`Budget gone after`,
  ];
  return blocks([
    marked`${text(slo.objective)} % has to be good over ${text(slo.period.text)}${byWords(slo.by)}. So much ${text(bad)} now that the rest of the budget would not last: at a burn rate of 1 it is spent at the end of the period, at 10 in a tenth of that time.`,
    slo.sli.description === undefined ? undefined : quotation(authored(slo.sli.description)),
    marked`It fires while one of these holds over both of its windows: the long one says that it is worth the trouble, the short one that it still goes on.`,
    table(
      head,
      arms.map((arm) => armRow(slo, plan, arm)),
    ),
  ]);
}

function securityMeaning(name: string, { description, fields, alert }: SecurityEvent): Markdown {
  const each = alert?.by === undefined ? marked`` : marked` for one value of the field ${code(alert.by)}`;
  const often =
    alert === undefined || alert.above === 0
      ? marked`The security event ${code(name)} happened`
      : marked`The security event ${code(name)} happened more than ${alert.above} times in ${text(alert.per)}${each}`;
  const names = Object.keys(fields ?? {}).map((field) => code(field));
  return blocks([
    description === undefined ? undefined : quotation(authored(description)),
    marked`${often}. The process counts the events, so that no value of a field becomes a label: who it was stands in the log and in the audit trail${names.length === 0 ? marked`` : marked`, in the fields ${listed(names)}`}.`,
  ]);
}

const comparisons: Readonly<Record<Limit['bad'], string>> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
  '==': 'exactly',
  '!=': 'not',
};

/** The limit of an alert whose query is a comparison with a number; several conditions at once are left to the query. */
function limitWords(model: Model, alert: Alert): Markdown | undefined {
  const { condition } = alert;
  const whole = condition.form === 'expr' ? condition.query.expr : undefined;
  if (whole?.kind !== 'binary' || !(whole.op in comparisons)) return undefined;
  const view = alertView(model, alert);
  if (view?.limit === undefined || view.companions.length > 0) return undefined;
  const { value, bad } = view.limit;
  return marked`${code(printPromql(view.expr))} is ${text(comparisons[bad])} ${text(String(value))}`;
}

/** What an alert means, in words. */
export function meaning(model: Model, { rule, subject }: RunbookAlert): Markdown {
  switch (subject.kind) {
    case 'alert': {
      const words = conditionWords(subject.alert.condition) ?? limitWords(model, subject.alert);
      const holds =
        words === undefined
          ? marked`The query below yields a series for each case that has to be looked at.`
          : marked`The condition: ${words}.`;
      return marked`${holds} ${pendingWords(rule)}`;
    }
    case 'budget':
      return budgetMeaning(subject.slo, subject.plan, subject.arms);
    case 'no-data':
      return blocks([
        marked`Nothing has been measured for the objective ${code(subject.slo.name)}. Without data none of its other alerts can fire: that it is quiet does not mean that all is well.`,
        pendingWords(rule),
      ]);
    case 'security':
      return securityMeaning(subject.name, subject.event);
    case 'heartbeat':
      return marked`It always fires, and says nothing about the service: Prometheus evaluates it, Alertmanager sends it again and again, and the dead man's switch at the other end tells somebody when it does not hear of it any more. Then no other alert would arrive either.`;
  }
}
