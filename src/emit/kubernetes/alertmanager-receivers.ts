import type { ReceiverSpec } from '../../alertmanager/settings.js';
import { receiver, type Receiver } from '../alertmanager/receivers.js';
import { plainText } from '../alertmanager/texts.js';
import type { SecretKey } from './secret-keys.js';

/** The key of a Secret that a file of a receiver has become. */
export type KeyOf = (file: string) => SecretKey;

/** Keys of Alertmanager's configuration that are called otherwise in an AlertmanagerConfig. */
const names: Readonly<Record<string, string>> = {
  slack_configs: 'slackConfigs',
  pagerduty_configs: 'pagerdutyConfigs',
  opsgenie_configs: 'opsgenieConfigs',
  email_configs: 'emailConfigs',
  webhook_configs: 'webhookConfigs',
  send_resolved: 'sendResolved',
  auth_username: 'authUsername',
};

/** Keys that are the same in both. */
const same = new Set([
  ...['name', 'channel', 'title', 'text', 'severity', 'description', 'message', 'priority'],
  ...['to', 'from', 'smarthost', 'url'],
]);

/** Files, which become references to keys of a Secret. */
const files: Readonly<Record<string, string>> = {
  api_url_file: 'apiURL',
  routing_key_file: 'routingKey',
  api_key_file: 'apiKey',
  auth_password_file: 'authPassword',
  url_file: 'urlSecret',
};

/** Maps, which become lists. */
const lists = new Set(['details', 'headers']);

/**
 * Mail in HTML: an AlertmanagerConfig has no empty text, and without one Alertmanager sends its own page, which links to an address that
 * readers of mail can seldom reach. What is filled in is escaped, since the template is one for HTML.
 */
const html = `<pre>${plainText}</pre>`;

function translated(key: string, value: unknown, keyOf: KeyOf): readonly [string, unknown] {
  const file = files[key];
  if (file !== undefined) {
    return [file, keyOf(value as string)];
  }
  if (lists.has(key)) {
    const entries = Object.entries(value as Readonly<Record<string, string>>);
    return [key, entries.map(([name, text]) => ({ key: name, value: text }))];
  }
  if (key === 'html') return [key, html];
  const name = names[key] ?? (same.has(key) ? key : undefined);
  if (name === undefined) throw new Error(`an AlertmanagerConfig has nothing for ${key}`);
  if (!Array.isArray(value)) return [name, value];
  return [name, value.map((item: object) => translation(item, keyOf))];
}

function translation(item: object, keyOf: KeyOf): Readonly<Record<string, unknown>> {
  const entries = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([key, value]) => translated(key, value, keyOf)));
}

/** A receiver of Alertmanager's configuration, as an AlertmanagerConfig has it. */
export function receiverResource(
  name: string,
  spec: ReceiverSpec,
  keyOf: KeyOf,
  isHeartbeat = false,
): Receiver {
  return translation(receiver(name, spec, isHeartbeat), keyOf);
}
