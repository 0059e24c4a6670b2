import { routedAlerts, type RoutedAlert } from '../../alertmanager/alerts.js';
import {
  alertmanagerOf,
  receiverOf,
  severities,
  type AlertmanagerSpec,
  type ReceiverSpec,
} from '../../alertmanager/settings.js';
import { heartbeatTiming, timingOf, type Timing } from '../../alertmanager/timing.js';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic, Range } from '../../diagnostics/diagnostic.js';
import { printDuration } from '../../promql/duration.js';
import { isPathAsWritten, keyRange } from './places.js';
import type { CheckInput, Rule } from './rule.js';
import { plainList, quotedList } from './words.js';

const section = ['stack', 'alertmanager'] as const;
const receiverKeys = [...severities, 'deadMansSwitch'] as const;
type ReceiverKey = (typeof receiverKeys)[number];

/** The section where the author wrote all of it; what the schema stage replaced is reported already. */
function sectionOf(input: CheckInput): AlertmanagerSpec | undefined {
  const spec = alertmanagerOf(input.model);
  return spec !== undefined && isPathAsWritten(input, ...section) ? spec : undefined;
}

function placeOf({ alert, slo }: RoutedAlert): Range | undefined {
  return alert?.origin.key ?? slo?.origin.key;
}

/** Names of alerts for a message: a few, and how many more there are. */
function some(alerts: readonly RoutedAlert[]): string {
  const [first, second, ...more] = alerts.map(({ name }) => name);
  if (first === undefined) return '';
  if (more.length > 0) return `\`${first}\` and ${more.length + 1} others`;
  return quotedList(second === undefined ? [first] : [first, second]);
}

function* unheard(input: CheckInput, spec: AlertmanagerSpec): Iterable<Diagnostic> {
  const alerts = routedAlerts(input.model);
  for (const severity of severities) {
    const having = alerts.filter((alert) => alert.severity === severity);
    const [first] = having;
    if (first === undefined || receiverOf(spec, severity) !== undefined) continue;
    const place = placeOf(first);
    yield diagnostic('OBS3330', {
      message: `nobody gets alerts of the severity ${severity}: ${some(having)}`,
      range: keyRange(input, ...section),
      related: place === undefined ? [] : [{ range: place, message: 'the first of them' }],
      help: `add a receiver \`${severity}\`${severity === 'page' ? '; a page falls to no other' : ''}`,
    });
  }
  for (const { alert, severity, name } of alerts) {
    if (alert === undefined || severities.some((each) => each === severity) || alert.repaired.has('labels'))
      continue;
    yield diagnostic('OBS3330', {
      message: `nobody gets \`${name}\`: its labels replace the severity by one that no route knows`,
      range: alert.origin.of('labels', 'severity'),
      help: `take the label out, and use the key \`severity\`: ${plainList(severities)}`,
    });
  }
}

/** OBS3330: every alert reaches somebody. */
export const unheardAlerts: Rule = function* (input) {
  const spec = sectionOf(input);
  if (spec !== undefined) yield* unheard(input, spec);
};

function* refused(input: CheckInput, key: ReceiverKey, receiver: ReceiverSpec): Iterable<Diagnostic> {
  const { slack, pagerduty, opsgenie, email, webhook } = receiver;
  if ([slack, pagerduty, opsgenie, email, webhook].every((channel) => channel === undefined)) {
    yield diagnostic('OBS3331', {
      message: `the receiver \`${key}\` has no channel: nobody would be told`,
      range: keyRange(input, ...section, key),
      help: 'add slack, pagerduty, opsgenie, email or webhook',
    });
  }
  if (email === undefined) return;
  const missing = (['from', 'smarthost'] as const).filter((each) => email[each] === undefined);
  if (missing.length === 0) return;
  yield diagnostic('OBS3331', {
    message: `mail cannot be sent without ${quotedList(missing)}`,
    range: keyRange(input, ...section, key, 'email'),
    help: 'say who it is from, and which server takes it: `from: alerts@example.com, smarthost: "mail.example.com:587"`',
  });
}

/** Where the first of some spacings of a receiver is written: in the receiver, or else for all of them. */
function timingPlace(
  input: CheckInput,
  spec: AlertmanagerSpec,
  key: ReceiverKey,
  names: readonly (keyof Timing)[],
): Range {
  const own = names.find((name) => spec[key]?.[name] !== undefined);
  if (own !== undefined) return keyRange(input, ...section, key, own);
  const [first = 'repeatInterval'] = names.filter((name) => spec[name] !== undefined);
  return keyRange(input, ...section, first);
}

function* spacing(input: CheckInput, spec: AlertmanagerSpec): Iterable<Diagnostic> {
  const said = new Set<number>();
  for (const key of receiverKeys) {
    const receiver = spec[key];
    if (receiver === undefined) continue;
    const timing = key === 'deadMansSwitch' ? heartbeatTiming(receiver) : timingOf(spec, key);
    const zero = (['groupInterval', 'repeatInterval'] as const).find((name) => isZero(receiver, spec, name));
    const place = timingPlace(
      input,
      spec,
      key,
      zero === undefined ? ['repeatInterval', 'groupInterval'] : [zero],
    );
    // What is written for all receivers is said once.
    if (said.has(place.start)) continue;
    said.add(place.start);
    if (zero !== undefined) {
      yield diagnostic('OBS3331', {
        message: `\`${zero}\` is zero, which Alertmanager refuses`,
        range: place,
        help: 'use a duration such as 5m',
      });
    } else if (isWritten(receiver, spec, key) && timing.repeatInterval * 1.25 < timing.groupInterval) {
      yield diagnostic('OBS3336', {
        message: `the receiver \`${key}\` looks at its alerts every ${printDuration(timing.groupInterval)}: they cannot be repeated sooner`,
        range: place,
        help: 'shorten `groupInterval` as well',
      });
    }
  }
}

function isZero(
  receiver: ReceiverSpec,
  spec: AlertmanagerSpec,
  name: 'groupInterval' | 'repeatInterval',
): boolean {
  const text = receiver[name] ?? spec[name];
  return text !== undefined && !/[1-9]/.test(text);
}

/** Defaults fit each other; what is written may not fit them. */
function isWritten(receiver: ReceiverSpec, spec: AlertmanagerSpec, key: ReceiverKey): boolean {
  if (receiver.repeatInterval !== undefined || receiver.groupInterval !== undefined) return true;
  return key !== 'deadMansSwitch' && (spec.repeatInterval !== undefined || spec.groupInterval !== undefined);
}

/** OBS3331, OBS3336: what Alertmanager refuses, or takes and does not do. */
export const receiverFaults: Rule = function* (input) {
  const spec = sectionOf(input);
  if (spec === undefined) return;
  for (const key of receiverKeys) {
    const receiver = spec[key];
    if (receiver !== undefined) yield* refused(input, key, receiver);
  }
  yield* spacing(input, spec);
};

/** Versions since which secrets, and the address of a webhook, are read from files. */
const secretFiles = 25;
const addressFile = 26;

/** OBS3332: the Alertmanager in use can read what is written for it. */
export const alertmanagerVersion: Rule = function* (input) {
  const spec = sectionOf(input);
  if (spec === undefined) return;
  const version = spec.version ?? '0.25';
  const [major = 0, least = 0] = version.split('.').map(Number);
  const minor = major > 0 ? Infinity : least;
  if (minor < secretFiles) {
    yield diagnostic('OBS3332', {
      message: `Alertmanager ${version} does not read secrets from files`,
      range: keyRange(input, ...section, 'version'),
      help: 'it does from 0.25 on',
    });
  }
  for (const key of receiverKeys) {
    if (spec[key]?.webhook?.urlFile === undefined || minor >= addressFile) continue;
    yield diagnostic('OBS3332', {
      message: `Alertmanager ${version} does not read the address of a webhook from a file`,
      range: keyRange(input, ...section, key, 'webhook', 'urlFile'),
      help: 'write it with `url`, or set `version: "0.26"` where no older one reads the file',
    });
  }
};

/** OBS3333: a receiver is there for somebody's sake. */
export const idleReceivers: Rule = function* (input) {
  const spec = sectionOf(input);
  if (spec === undefined) return;
  const used = new Set(routedAlerts(input.model).map(({ severity }) => severity));
  const reached = new Set(
    severities.filter((severity) => used.has(severity)).map((severity) => receiverOf(spec, severity)),
  );
  for (const severity of severities) {
    if (spec[severity] === undefined || reached.has(severity)) continue;
    yield diagnostic('OBS3333', {
      message: `no alert reaches the receiver \`${severity}\`: none has that severity`,
      range: keyRange(input, ...section, severity),
      help: 'remove it, or give alerts the severity',
    });
  }
};
