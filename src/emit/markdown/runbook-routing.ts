import { heartbeatAlert } from '../../alertmanager/heartbeat.js';
import { inhibitionsOf } from '../../alertmanager/inhibitions.js';
import { alertmanagerOf, receiverOf, severities, type ReceiverSpec } from '../../alertmanager/settings.js';
import { heartbeatTiming, timingOf } from '../../alertmanager/timing.js';
import { code, codeBlock, link, marked, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import { printDuration } from '../../promql/duration.js';
import type { AlertingRule } from '../../promql/rule.js';
import { blocks, listed } from './words.js';

function channels({ slack, pagerduty, opsgenie, email, webhook }: ReceiverSpec): Markdown {
  return listed([
    pagerduty && marked`PagerDuty`,
    opsgenie && marked`OpsGenie`,
    slack && (slack.channel === undefined ? marked`Slack` : marked`Slack ${code(slack.channel)}`),
    email && marked`mail to ${code(email.to)}`,
    webhook && marked`a webhook`,
  ]);
}

/** Who is told of an alert, and how often; undefined where the spec does not say. */
export function toldWords(model: Model, { alert, labels }: AlertingRule): Markdown | undefined {
  const spec = alertmanagerOf(model);
  if (spec === undefined) return undefined;
  const again = (repeatInterval: number): Markdown => text(printDuration(repeatInterval));
  if (alert === heartbeatAlert(model)) {
    const { deadMansSwitch } = spec;
    return (
      deadMansSwitch &&
      marked`${channels(deadMansSwitch)}, every ${again(heartbeatTiming(deadMansSwitch).groupInterval)}`
    );
  }
  const severity = severities.find((each) => each === labels.get('severity'));
  const receiver = severity && receiverOf(spec, severity);
  if (severity === undefined || receiver === undefined) return undefined;
  const found = spec[receiver];
  return (
    found &&
    marked`${channels(found)}; again every ${again(timingOf(spec, severity).repeatInterval)} while it goes on`
  );
}

function runbooks(names: readonly string[]): Markdown | undefined {
  return names.length === 0 ? undefined : listed(names.map((name) => link(code(name), `${name}.md`)));
}

/** What holds the alert back, what it holds back, and how it is silenced by hand. */
export function silencing(model: Model, { alert, labels }: AlertingRule): Markdown {
  const inhibitions = alertmanagerOf(model) === undefined ? [] : inhibitionsOf(model);
  const paired = ({ sources, targets }: (typeof inhibitions)[number], name: string): readonly string[] => {
    // The pages and tickets of several objectives share a rule: the label of the objective tells which belong together.
    const isPaired = sources.length > 1 && sources.length === targets.length;
    return isPaired ? sources.filter((_, index) => targets[index] === name) : sources;
  };
  const held = inhibitions.flatMap((each) => (each.targets.includes(alert) ? paired(each, alert) : []));
  const holds = inhibitions.flatMap(({ sources, targets }) => {
    if (!sources.includes(alert)) return [];
    return sources.length === 1 ? targets : [targets[sources.indexOf(alert)] ?? ''];
  });
  const service = labels.get('service');
  const matchers = service === undefined || service.includes('{{') ? '' : ` service=${service}`;
  const [by, symptoms] = [runbooks([...new Set(held)]), runbooks([...new Set(holds)])];
  return blocks([
    by && marked`Nobody is told of it while one of these fires: ${by}.`,
    symptoms && marked`While it fires, nobody is told of its symptoms: ${symptoms}.`,
    marked`While you work on it:`,
    codeBlock(`amtool silence add alertname=${alert}${matchers} --duration=2h --comment='WHY'`, ''),
  ]);
}
