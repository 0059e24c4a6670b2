import { authored } from '../../encode/authored-markdown.js';
import { code, join, marked, quotation, text, type Markdown } from '../../encode/markdown.js';
import type { AlertCondition, Model, Slo } from '../../model/model.js';
import { quoteString } from '../../promql/strings.js';
import { budgetPolicy } from './budget-policy.js';
import type { RunbookAlert, SecurityEvent } from './runbook-subject.js';
import { blocks } from './words.js';

function numbered(steps: readonly Markdown[]): Markdown {
  return join(
    steps.map((step, index) => marked`${index + 1}. ${step}`),
    '\n',
  );
}

const whatChanged = marked`What changed when it began: a release, a setting, the traffic, something that the service depends on? What can be taken back is taken back first and understood later.`;
const logs = marked`Read the log and the traces of what failed, from the minute in which it began.`;

/** Where the scrape of the service can be seen to work. */
function scraped(model: Model): Markdown {
  const matchers = [...model.service.selector].map(([label, value]) => `${label}=${quoteString(value)}`);
  const up = matchers.length === 0 ? 'up' : `up{${matchers.join(',')}}`;
  return marked`Does the service run, and does Prometheus reach it? ${code(up)} says so, and Prometheus' page of targets says why not.`;
}

const renamed = marked`If it does: does its page of metrics still have what is read here? A release may have renamed a metric or a value of a label.`;

/** What to do where the author of an alert does not say it: by the form of its condition. */
function usualSteps(model: Model, condition: AlertCondition): readonly Markdown[] {
  switch (condition.form) {
    case 'ratio':
      return [
        marked`Draw the two parts of the query: did the part rise, or the whole fall? With little traffic a few events are a large share.`,
        whatChanged,
        logs,
      ];
    case 'absent':
      return [scraped(model), renamed];
    case 'forecast':
      return [
        marked`Draw the gauge over the last days: does it really grow, or did it jump once? A jump is extended like growth until it has passed out of the window.`,
        marked`How much time is left at this pace? Stop what grows, or make room, before the limit is reached.`,
        whatChanged,
      ];
    case 'anomaly':
      return [
        marked`Is the value above or below its usual level? Draw it beside the same hours of the last days.`,
        marked`Is there a good reason: a holiday, a campaign, a migration? Then silence the alert for as long as that takes.`,
        whatChanged,
      ];
    case 'expr':
      return [
        marked`Run the query: for which labels does it yield a series, since when, and how far is it from its limit?`,
        whatChanged,
        logs,
      ];
  }
}

function securitySteps(model: Model, name: string, { alert }: SecurityEvent): readonly Markdown[] {
  const audit = model.sections.security?.audit;
  return [
    marked`Find the lines of the event ${code(name)} in the log${alert?.by === undefined ? marked`` : marked`: which ${code(alert.by)} is it, and since when`}?`,
    ...(audit === undefined
      ? []
      : [
          marked`The audit trail ${code(audit.file)} has a record of each. ${code(`obs-gen doctor --audit ${audit.file}`)} proves that nobody has changed it.`,
        ]),
    marked`Decide whether it is an attack, a mistake of a client, or a test. An attack is closed off at the edge first; then look for what else the same source did.`,
  ];
}

const heartbeatSteps = [
  marked`Does Prometheus run, and does it evaluate its rules? ${code('prometheus_rule_evaluation_failures_total')} counts what it could not.`,
  marked`Does it reach Alertmanager? ${code('prometheus_notifications_dropped_total')} rises where it does not.`,
  marked`Does Alertmanager reach the switch? ${code('alertmanager_notifications_failed_total')} rises where it does not. Its log says why.`,
  marked`Until it beats again, watch the dashboards: nobody will be told of anything.`,
];

/** What was agreed; what an author wrote must not run on into the rest of the page. */
function policyWords(model: Model, slo: Slo): Markdown {
  const words = budgetPolicy(model, slo);
  return typeof slo.policy === 'string' ? quotation(words) : words;
}

/** The first steps: the author's own, or what is usual for such an alert. */
export function firstSteps(model: Model, { subject }: RunbookAlert): Markdown {
  switch (subject.kind) {
    case 'alert': {
      const { runbook, condition } = subject.alert;
      return runbook === undefined ? numbered(usualSteps(model, condition)) : quotation(authored(runbook));
    }
    case 'budget': {
      const { slo } = subject;
      const groups = slo.by.map(({ wire }) => code(wire));
      const whom =
        groups.length === 0
          ? marked`Is it still going on? Draw the query below over the last hours.`
          : marked`Which ${join(groups, ' and ')} burns? The labels of the alert say so. Is it still going on?`;
      return blocks([numbered([whom, whatChanged, logs]), marked`Afterwards:`, policyWords(model, slo)]);
    }
    case 'no-data':
      return numbered([
        scraped(model),
        renamed,
        marked`Is there just no traffic? Then give ${code(subject.slo.name)} a longer ${code('alerting.noData')}, or traffic of your own.`,
      ]);
    case 'security':
      return numbered(securitySteps(model, subject.name, subject.event));
    case 'heartbeat':
      return blocks([text('When the switch says that the beat has ended:'), numbered(heartbeatSteps)]);
  }
}
