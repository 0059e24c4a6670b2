import type { ReceiverSpec } from '../../alertmanager/settings.js';
import { escapeTemplate } from '../../promql/alert-template.js';
import { bySeverity, commonRunbook, line, plainText, slackText, title } from './texts.js';

/** A receiver of Alertmanager: a name, and a list for each kind of channel. */
export type Receiver = Readonly<Record<string, unknown>>;

function slack({ webhookFile, channel }: NonNullable<ReceiverSpec['slack']>): object {
  return {
    send_resolved: true,
    api_url_file: webhookFile,
    channel: channel === undefined ? undefined : escapeTemplate(channel),
    title,
    text: slackText,
  };
}

function pagerduty({ routingKeyFile }: NonNullable<ReceiverSpec['pagerduty']>): object {
  return {
    send_resolved: true,
    routing_key_file: routingKeyFile,
    severity: bySeverity('critical', 'warning', 'info'),
    description: line,
    details: { alerts: plainText, runbook: commonRunbook },
  };
}

function opsgenie({ apiKeyFile }: NonNullable<ReceiverSpec['opsgenie']>): object {
  return {
    send_resolved: true,
    api_key_file: apiKeyFile,
    message: line,
    description: plainText,
    priority: bySeverity('P1', 'P3', 'P5'),
  };
}

function email(spec: NonNullable<ReceiverSpec['email']>): object {
  const { to, from, smarthost, passwordFile } = spec;
  const username = spec.username ?? (passwordFile === undefined ? undefined : from);
  return {
    send_resolved: true,
    to: escapeTemplate(to),
    from: from === undefined ? undefined : escapeTemplate(from),
    smarthost,
    auth_username: username,
    auth_password_file: passwordFile,
    headers: { Subject: title },
    // Text alone: Alertmanager's own page links to itself, at an address that readers of mail can seldom reach.
    html: '',
    text: plainText,
  };
}

function webhook({ url, urlFile }: NonNullable<ReceiverSpec['webhook']>, isResolvedSent: boolean): object {
  return { send_resolved: isResolvedSent, url, url_file: urlFile };
}

/**
 * What a receiver of the spec is for Alertmanager: every channel gets every alert.
 * @param isHeartbeat the receiver of the dead man's switch: an alert that is resolved is no beat, and must not be taken for one
 */
export function receiver(name: string, spec: ReceiverSpec, isHeartbeat = false): Receiver {
  const channels = (list: object | undefined): readonly object[] | undefined => {
    if (list === undefined) return undefined;
    return [isHeartbeat ? { ...list, send_resolved: false } : list];
  };
  return {
    name,
    slack_configs: channels(spec.slack && slack(spec.slack)),
    pagerduty_configs: channels(spec.pagerduty && pagerduty(spec.pagerduty)),
    opsgenie_configs: channels(spec.opsgenie && opsgenie(spec.opsgenie)),
    email_configs: channels(spec.email && email(spec.email)),
    webhook_configs: channels(spec.webhook && webhook(spec.webhook, !isHeartbeat)),
  };
}
