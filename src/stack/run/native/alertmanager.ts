import { join } from 'node:path';
import { parse } from 'yaml';
import { printYaml } from '../../../encode/yaml.js';
import type { Secret } from '../../secrets.js';
import { fileOf, givenFile } from '../given-file.js';
import { StackFault } from '../stack-fault.js';

/** Where alerts go: an address instead of the receivers, nobody, or the receivers of the spec. */
export type AlertsTo = { readonly webhook: string } | 'nobody' | 'receivers';

interface Config {
  readonly receivers?: readonly (Readonly<Record<string, unknown>> & { readonly name: string })[];
  readonly [key: string]: unknown;
}

const header = 'What obs-gen stack up --native started Alertmanager with; written anew each time.';

/** For a spec that names no receivers: whoever asked for a webhook hears of everything. */
const withoutRoutes = {
  route: { receiver: 'webhook', group_by: ['alertname', 'service'], group_wait: '5s', group_interval: '1m' },
  receivers: [{ name: 'webhook' }],
} satisfies Config;

/** The receivers of a configuration, each with nothing but the webhook, or with nothing at all. */
function redirected(config: Config, to: { readonly webhook: string } | 'nobody'): Config {
  const channels = to === 'nobody' ? {} : { webhook_configs: [{ url: to.webhook, send_resolved: true }] };
  return { ...config, receivers: (config.receivers ?? []).map(({ name }) => ({ name, ...channels })) };
}

/**
 * The configuration with the files of secrets as they are found on this machine.
 * @throws StackFault where some are missing: nothing can be told to anybody without them
 */
function withSecrets(config: Config, secrets: readonly Secret[], out: string): Config {
  const missing = secrets.filter((secret) => fileOf(secret, out) === undefined);
  if (missing.length > 0)
    throw new StackFault('the receivers of alerts need what only you have', [
      ...missing.map(({ path, why }) => `${join(out, path)}: ${why}`),
      '',
      'put them there, or let nobody be disturbed: --webhook URL sends all alerts to one address, --webhook none to nobody',
    ]);
  return replaceFiles(config, (written) => givenFile(written, secrets, out)) as Config;
}

/** Replaces the values of all keys that end in `_file`, at any depth. */
function replaceFiles(value: unknown, replace: (file: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => replaceFiles(each, replace));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => [
      key,
      key.endsWith('_file') && typeof item === 'string' ? replace(item) : replaceFiles(item, replace),
    ]),
  );
}

/**
 * The generated configuration of Alertmanager, turned to where alerts are to go from this machine. Routes and inhibitions stay as they are.
 * @param generated the text of the generated file; undefined where the spec names no receivers
 * @param secrets those that Alertmanager is given
 * @param out the output directory, which they lie below
 * @throws StackFault
 */
export function alertmanagerNative(
  generated: string | undefined,
  to: AlertsTo,
  secrets: readonly Secret[],
  out: string,
): string {
  const config = generated === undefined ? withoutRoutes : (parse(generated) as Config);
  return printYaml(to === 'receivers' ? withSecrets(config, secrets, out) : redirected(config, to), header);
}
