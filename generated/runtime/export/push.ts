// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';
import { pause, withDeadline } from '../timers.js';
import { createRedactor, redacted } from '../redaction/redactor.js';
import { PushFault, pushTarget } from './push-target.js';
import type { PushGroup } from './push-target.js';
import { web } from './web.js';
import type { WebRequest, WebResponse } from './web.js';

/** Where a push goes and how. */
export interface PushOptions extends PushGroup {
  /** The address of the Pushgateway, http or https; a user and a password in it are sent as the Authorization header. */
  readonly url: string;
  /** The job's name. */
  readonly job: string;
  /** Further labels that tell this group of metrics from others of the job, such as `instance`. */
  readonly groupings?: Readonly<Record<string, string>> | undefined;
  /**
   * `push` replaces all metrics of the group (the default); `pushAdd` replaces those of the same names; `delete` removes the group from the
   * gateway.
   */
  readonly method?: 'push' | 'pushAdd' | 'delete' | undefined;
  /** Further headers of the request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** How long all of it may take, in seconds; 5 by default. */
  readonly deadlineSeconds?: number | undefined;
}

/** What became of a push. */
export interface PushReport {
  /** Whether the gateway has taken it. */
  readonly sent: boolean;
  /** The gateway's answer, where it gave one. */
  readonly status?: number;
  /** Why it was not sent; shows neither the address nor headers. */
  readonly error?: string;
  readonly seconds: number;
}

/** A page of metrics in the text format, as UTF-8. */
export interface TextPage {
  readonly contentType: string;
  readonly body: Uint8Array;
}

const methods = { push: 'PUT', pushAdd: 'POST', delete: 'DELETE' } as const;
const defaultDeadlineSeconds = 5;
const maxDeadlineSeconds = 3600;
/** Before a lost connection is tried again: time for a gateway that restarts, and short beside a deadline. */
const retrySeconds = 0.2;
/** Of an answer that explains a refusal. */
const maxReasonLength = 200;

/** Sends a page to a Pushgateway, or removes a group from it. Never rejects: the report says what became of it. */
export function push(options: PushOptions, page: () => Promise<TextPage>): Promise<PushReport> {
  const started = monotonicSeconds();
  const report = (outcome: Outcome): PushReport => ({ ...outcome, seconds: monotonicSeconds() - started });
  const controller = new web.AbortController();
  return withDeadline(
    attempt(options, page, controller.signal).then(report),
    deadlineOf(options),
    () => {
      controller.abort();
      return report({ sent: false, error: 'the deadline passed' });
    },
    (error) => report({ sent: false, error: faultOf(error) }),
  );
}

type Outcome = Omit<PushReport, 'seconds'>;

async function attempt(
  options: PushOptions,
  page: () => Promise<TextPage>,
  signal: unknown,
): Promise<Outcome> {
  const { method = 'push', headers = {} } = options;
  const { url, authorization, secrets } = pushTarget(options.url, options);
  const content = method === 'delete' ? undefined : await page().catch(unreadable);
  const response = await sendTwice(url, {
    method: methods[method],
    headers: {
      ...(authorization === undefined ? {} : { authorization }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
      ...(content === undefined ? {} : { 'content-type': content.contentType }),
    },
    ...(content === undefined ? {} : { body: content.body }),
    signal,
    // To another server the metrics and their headers go only where the program says so.
    redirect: 'manual',
  });
  const { ok, status } = response;
  const reason = ok || status !== 400 ? '' : await beginningOf(response);
  if (reason === '') await response.body?.cancel().catch(passedOver);
  if (ok) return { sent: true, status };
  return { sent: false, status, error: refusal(status, reason, [...secrets, ...headerSecrets(headers)]) };
}

function unreadable(): never {
  throw new PushFault('the metrics could not be read');
}

function passedOver(): void {
  // The answer's status has come, and that is what counts.
}

/** A request that found no open ear is made once more; all three methods come to the same when they are repeated. */
async function sendTwice(url: string, request: WebRequest): Promise<WebResponse> {
  const { fetch } = web;
  if (fetch === undefined) throw new PushFault('this Node has no fetch');
  try {
    return await fetch(url, request);
  } catch (error) {
    if (connectionFault(error) === undefined) throw error;
  }
  await pause(retrySeconds);
  return fetch(url, request);
}

/** The first words of an answer; the rest is not waited for. */
async function beginningOf({ body }: WebResponse): Promise<string> {
  if (body === null) return '';
  try {
    const reader = body.getReader();
    const { value = new Uint8Array() } = await reader.read();
    await reader.cancel();
    return new web.TextDecoder().decode(value.subarray(0, 8 * maxReasonLength));
  } catch {
    return '';
  }
}

/** What the gateway says of a refusal; it explains 400 only, which is for metrics or labels that it cannot take. */
function refusal(status: number, reason: string, secrets: readonly string[]): string {
  const shown = secrets.reduce((text, secret) => text.split(secret).join(redacted), reason);
  const words = createRedactor().text(shown).replace(/\s+/g, ' ').trim().slice(0, maxReasonLength);
  return words === '' ? `the gateway answered ${status}` : `the gateway answered ${status}: ${words}`;
}

/** Header values, and what follows a scheme such as Bearer. */
function headerSecrets(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.values(headers)
    .flatMap((value) => [value, value.split(' ').at(-1) ?? ''])
    .filter((value) => value !== '');
}

function faultOf(error: unknown): string {
  if (error instanceof PushFault) return error.message;
  const code = connectionFault(error);
  // Other messages may show headers.
  return code === undefined ? 'the request could not be made' : `no connection to the gateway (${code})`;
}

/** The code of a connection that failed, such as ECONNREFUSED: `fetch` gives it as the cause of its error. */
function connectionFault(error: unknown): string | undefined {
  const { cause } = Object(error) as { readonly cause?: { readonly code?: unknown } | null };
  return typeof cause?.code === 'string' ? cause.code : undefined;
}

/** Seconds that a push may take: what is no positive number of them is the default. */
export function deadlineOf(options: PushOptions | undefined): number {
  const given = Number(options?.deadlineSeconds);
  return given > 0 ? Math.min(given, maxDeadlineSeconds) : defaultDeadlineSeconds;
}
