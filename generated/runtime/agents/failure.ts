// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Why a model call failed: the values of the label `outcome` of agent_model_calls_total, without `ok`. */
export type ModelFailure =
  | 'rate_limit'
  | 'timeout'
  | 'server_error'
  | 'client_error'
  | 'content_filter'
  | 'context_length'
  | 'cancelled';

/** Failures that are reasons to call again, or to call another model. */
export type RetryReason = Extract<
  ModelFailure,
  'rate_limit' | 'timeout' | 'server_error' | 'content_filter' | 'context_length'
>;

type Fields = Readonly<Record<string, unknown>>;

/** Codes, types and names of errors, in lower case, as the clients and the APIs of providers spell them. */
const words: readonly (readonly [RegExp, ModelFailure])[] = [
  [
    /^(context_length_exceeded|context_window_exceeded|model_context_window_exceeded|string_above_max_length)$/,
    'context_length',
  ],
  [
    /^(content_filter|content_policy_violation|responsibleaipolicyviolation|prompt_blocked|refusal|contentfilterfinishreasonerror)$/,
    'content_filter',
  ],
  [
    /^(rate_limit_exceeded|rate_limit_error|ratelimiterror|insufficient_quota|resource_exhausted|too_many_requests|tokens|requests)$/,
    'rate_limit',
  ],
  [/^(apiuseraborterror|aborterror|abort_err|abort_error|canceled|cancelled)$/, 'cancelled'],
  [
    /^(apiconnectiontimeouterror|timeouterror|timeout_error|timeout|deadline_exceeded|etimedout|esockettimedout|und_err_(headers|body|connect)_timeout)$/,
    'timeout',
  ],
  [
    /^(overloaded_error|overloaded|server_error|api_error|internal_server_error|internalservererror|unavailable|service_unavailable|apiconnectionerror)$/,
    'server_error',
  ],
  [
    /^(econnrefused|econnreset|epipe|enotfound|eai_again|ehostunreach|enetunreach|und_err_socket|und_err_closed|err_stream_premature_close)$/,
    'server_error',
  ],
  [
    /^(invalid_request_error|authentication_error|permission_error|not_found_error|billing_error|request_too_large|invalid_api_key|model_not_found|badrequesterror)$/,
    'client_error',
  ],
];

/** What Anthropic, and servers of open models, say in words alone. */
const tooLong = /prompt is too long|maximum context length|context (length|window)|too many (input )?tokens/i;

const deepest = 5;

/**
 * Classes an error of a model call by what it looks like, whatever client threw it: class names, status, and the codes of the
 * provider's error body, through causes and the errors that retries wrap.
 * @returns undefined where nothing about it is known
 */
export function modelFailure(error: unknown): ModelFailure | undefined {
  let status: ModelFailure | undefined;
  let at: unknown = error;
  for (let depth = 0; depth < deepest && typeof at === 'object' && at !== null; depth += 1) {
    const fields = at as Fields;
    const word = failureOfWords(fields);
    const long = isTooLong(fields) ? 'context_length' : undefined;
    // A 400 says less than the code beside it, and a client error less than the words that explain it.
    const found = word === undefined || word === 'client_error' ? (long ?? word) : word;
    if (found !== undefined && found !== 'client_error' && found !== 'server_error') return found;
    status ??= failureOfStatus(read(fields, 'status') ?? read(fields, 'statusCode')) ?? found;
    at = inner(fields);
  }
  return status ?? (isFetchFailure(error) ? 'server_error' : undefined);
}

/** The reason that goes with a failure, where calling again can help. */
export function retryReason(failure: ModelFailure | undefined): RetryReason | undefined {
  return failure === 'client_error' || failure === 'cancelled' ? undefined : failure;
}

/** What an HTTP status says; undefined for those of success. */
export function failureOfStatus(status: unknown): ModelFailure | undefined {
  if (typeof status !== 'number' || status < 400 || status > 599) return undefined;
  if (status === 429) return 'rate_limit';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 499) return 'cancelled';
  // 409 is a lock of the provider's that the clients try again; everything else below 500 is the caller's.
  return status >= 500 || status === 409 ? 'server_error' : 'client_error';
}

function failureOfWords(fields: Fields): ModelFailure | undefined {
  for (const text of [
    ...classNames(fields),
    read(fields, 'code'),
    read(fields, 'type'),
    read(fields, 'name'),
  ]) {
    if (typeof text !== 'string') continue;
    const lower = text.toLowerCase().replace(/^ai_/, '');
    const found = words.find(([pattern]) => pattern.test(lower));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

/** Names of the classes up to Error: clients do not set `name`. */
export function classNames(value: object): readonly string[] {
  const names: string[] = [];
  let prototype: unknown = Object.getPrototypeOf(value);
  for (let depth = 0; depth < 8 && typeof prototype === 'object' && prototype !== null; depth += 1) {
    const { constructor } = prototype as { readonly constructor?: unknown };
    if (typeof constructor === 'function' && constructor !== Error && constructor !== Object)
      names.push(constructor.name);
    prototype = Object.getPrototypeOf(prototype);
  }
  return names;
}

function isTooLong(fields: Fields): boolean {
  const message = read(fields, 'message');
  const status = read(fields, 'status') ?? read(fields, 'statusCode') ?? 400;
  return (
    typeof message === 'string' && (status === 400 || status === 413) && tooLong.test(message.slice(0, 2000))
  );
}

/** The error inside: a retry's last one, the body that the provider sent, or the cause. */
function inner(fields: Fields): unknown {
  const data = read(fields, 'data');
  const ofData = typeof data === 'object' && data !== null ? read(data as Fields, 'error') : undefined;
  return read(fields, 'lastError') ?? read(fields, 'error') ?? ofData ?? read(fields, 'cause');
}

function isFetchFailure(error: unknown): boolean {
  return error instanceof TypeError && /fetch failed|network|socket|terminated/i.test(error.message);
}

/** A property of something thrown, which may be anything. */
export function read(fields: Fields, name: string): unknown {
  try {
    return fields[name];
  } catch {
    return undefined;
  }
}
