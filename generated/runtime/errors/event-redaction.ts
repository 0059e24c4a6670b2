// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { redacted } from '../redaction/redactor.js';
import type { Redactor } from '../redaction/redactor.js';
import { safeText, safeValue } from '../redaction/safe-value.js';
import { currentSettings } from '../settings/settings.js';
import type { SentryEvent } from './sentry-module.js';

type Parts = Readonly<Record<string, unknown>>;

/** Texts and numbers of the protocol itself, which no program's data gets into. */
const plainKeys = [
  ...[
    'event_id',
    'timestamp',
    'start_timestamp',
    'platform',
    'level',
    'type',
    'environment',
    'release',
    'dist',
  ],
  ...['server_name', 'logger', 'sdk', 'sdkProcessingMetadata', 'debug_meta', 'modules'],
] as const;

/**
 * An event as it may leave the process: what is known to be harmless as it is, what may hold anything through the redactor, and
 * nothing that is not listed here. Variables of stack frames, lines of source, cookies, bodies and the surroundings of a request are left
 * out; of a user only the id stays, and bodies and the user's other data where the operator exports content.
 */
export function redactEvent(event: SentryEvent, redactor: Redactor): SentryEvent {
  const text = (value: unknown): string | undefined =>
    typeof value === 'string' ? safeText(value, redactor) : undefined;
  const data = (value: unknown): unknown => (value === undefined ? undefined : safeValue(value, redactor));
  const exportsContent = currentSettings().captureContent === true;
  return defined({
    ...Object.fromEntries(plainKeys.map((key) => [key, event[key]])),
    message: text(event['message']),
    logentry: data(event['logentry']),
    transaction: text(event['transaction']),
    fingerprint: data(event['fingerprint']),
    exception: each(event['exception'], 'values', (value) => exception(value, redactor)),
    breadcrumbs: list(event['breadcrumbs']).map((crumb) => data(crumb)),
    extra: data(event['extra']),
    tags: data(event['tags']),
    contexts: contexts(parts(event['contexts']), redactor),
    user: event['user'] === undefined ? undefined : user(parts(event['user']), redactor, exportsContent),
    request:
      event['request'] === undefined ? undefined : request(parts(event['request']), redactor, exportsContent),
  });
}

/** An address without the password in it and without the values of its query. */
export function redactUrl(url: string, redactor: Redactor): string {
  const [address = '', ...rest] = url.split('?');
  const clean = safeText(address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, `$1${redacted}@`), redactor);
  if (rest.length === 0) return clean;
  const names = rest
    .join('?')
    .replace(/#.*$/s, '')
    .split('&', 50)
    .map((pair) => `${safeText(pair.split('=', 1)[0] ?? '', redactor)}=${redacted}`);
  return `${clean}?${names.join('&')}`;
}

function exception(value: Parts, redactor: Redactor): Parts {
  return defined({
    type: typeof value['type'] === 'string' ? safeText(value['type'], redactor) : undefined,
    value: typeof value['value'] === 'string' ? safeText(value['value'], redactor) : undefined,
    module: value['module'],
    thread_id: value['thread_id'],
    mechanism: value['mechanism'] === undefined ? undefined : safeValue(value['mechanism'], redactor),
    stacktrace: each(value['stacktrace'], 'frames', frame),
  });
}

function frame(value: Parts): Parts {
  const { filename, abs_path, function: name, module, lineno, colno, in_app, platform, debug_id } = value;
  return defined({ filename, abs_path, function: name, module, lineno, colno, in_app, platform, debug_id });
}

function contexts(all: Parts, redactor: Redactor): Parts {
  const clean = Object.entries(all).map(([name, value]) => [name, safeValue(value, redactor)] as const);
  const { trace } = all;
  if (trace === undefined) return Object.fromEntries(clean);
  // The ids of a trace are hexadecimal numbers, which look like secrets to some patterns.
  const { trace_id, span_id, parent_span_id, op, status, origin } = parts(trace);
  const ids = defined({ trace_id, span_id, parent_span_id, op, status, origin });
  return { ...Object.fromEntries(clean), trace: ids };
}

function user(value: Parts, redactor: Redactor, exportsContent: boolean): unknown {
  const { id } = value;
  return safeValue(exportsContent ? value : defined({ id }), redactor);
}

function request(value: Parts, redactor: Redactor, exportsContent: boolean): Parts {
  const { method, url, headers, data } = value;
  return defined({
    method: typeof method === 'string' ? safeText(method, redactor) : undefined,
    url: typeof url === 'string' ? redactUrl(url, redactor) : undefined,
    headers: headers === undefined ? undefined : safeValue(headers, redactor),
    data: exportsContent && data !== undefined ? safeValue(data, redactor) : undefined,
  });
}

/** `{ values: [...] }` with each of the values changed. */
function each(holder: unknown, key: string, change: (value: Parts) => Parts): Parts | undefined {
  return holder === undefined
    ? undefined
    : { [key]: list(parts(holder)[key]).map((value) => change(parts(value))) };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, 200) : [];
}

function parts(value: unknown): Parts {
  return typeof value === 'object' && value !== null ? (value as Parts) : {};
}

function defined(all: Parts): Parts {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
