import { severities, receiverOf, alertmanagerOf } from '../../alertmanager/settings.js';
import { code, link, marked, table, text, type Markdown } from '../../encode/markdown.js';
import type { Model } from '../../model/model.js';
import type { Stack } from '../../model/stack.js';
import { secretsOf } from '../../stack/secrets.js';
import { otlpPorts } from '../../stack/ports.js';
import { blocks, listed, timeWords } from '../markdown/words.js';
import { checklist } from './checklist.js';

/** What somebody has to put into place: nothing can make it up. */
function givenSecrets(model: Model, stack: Stack): Markdown | undefined {
  const given = secretsOf(model, stack).filter(({ kind }) => kind === 'given');
  if (given.length === 0) return undefined;
  return blocks([
    marked`Secrets that only you have, one file each, without a line end, below the directory of the output:`,
    table(
      [marked`File`, marked`What it is`],
      given.map(({ path, why }) => [code(path), text(why)]),
    ),
  ]);
}

/** Severities that alerts have and nobody hears of. */
function unheard(model: Model): Markdown | undefined {
  const spec = alertmanagerOf(model);
  if (spec === undefined)
    return marked`Name in the spec who is told of alerts (${code('stack.alertmanager')}): until then they are only shown`;
  const told = severities.filter((severity) => receiverOf(spec, severity) !== undefined);
  return marked`Tell those who will hear of alerts, by severity: ${listed(told.map(text))}; each runbook is in ${link(code('docs/runbooks'), 'runbooks/')}`;
}

function metricsPage({ service }: Stack): Markdown {
  const { port, path, scheme, targets, tokenFile } = service;
  const hosts = targets ?? [`HOST:${port}`];
  const where = listed(hosts.slice(0, 3).map((host) => code(`${scheme}://${host}${path}`)));
  const token =
    tokenFile === undefined
      ? marked``
      : marked`, with the token of ${code(tokenFile)} (the service reads it from ${code('OBSGEN_HTTP_TOKEN_FILE')})`;
  return marked`The service shows its metrics at ${where}${token}`;
}

function retention(model: Model, stack: Stack): Markdown {
  const { metrics, logs, traces } = stack;
  const longest = [...model.slos.values()].sort((a, b) => b.period.seconds - a.period.seconds)[0];
  const reason =
    longest === undefined
      ? marked``
      : marked`; the budget of ${text(longest.name)} is counted over ${text(timeWords(longest.period))}`;
  return marked`There is disk for metrics of ${text(timeWords(metrics.retention))}, logs of ${text(timeWords(logs.retention))} and traces of ${text(timeWords(traces.retention))}: ${code('obs-gen plan')} says how much${reason}`;
}

/** What has to be true before anything is started. */
export function before(model: Model, stack: Stack): Markdown {
  const { prometheus } = model.target;
  return blocks([
    checklist([
      marked`${code('obs-gen build --check --strict')} and ${code('obs-gen test')} end with 0, in CI as well`,
      marked`A Prometheus of your own is at least version ${text(prometheus.version)}, which the rules are written for`,
      retention(model, stack),
      metricsPage(stack),
      marked`The service reaches the Collector: ${code(`OTEL_EXPORTER_OTLP_ENDPOINT=http${stack.access.tls ? 's' : ''}://HOST:${otlpPorts.http}`)}`,
      stack.access.tls
        ? marked`${code('openssl')} is installed where the stack is started: it makes the authority and the certificates`
        : undefined,
      stack.access.tenant === undefined
        ? undefined
        : marked`The tenant ${code(stack.access.tenant)} exists in the stores, where they are not this stack's`,
      unheard(model),
      marked`What runs today is written down, with its versions: it stays until the last step`,
    ]),
    givenSecrets(model, stack),
  ]);
}
