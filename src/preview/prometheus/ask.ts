import type { PrometheusAddress } from './address.js';

/** Milliseconds that Prometheus may take for one answer; its own limit is two minutes. */
const patience = 30_000;
/** Bytes of an answer. */
const largest = 64 * 1024 * 1024;

/** What Prometheus said: JSON, as it came. */
export interface Said {
  readonly status: number;
  readonly body: Uint8Array;
}

/** Prometheus could not be asked, or did not answer as Prometheus does. */
export class NoAnswer extends Error {
  readonly kind: 'timeout' | 'unavailable';

  constructor(kind: NoAnswer['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface AskOptions {
  /** Milliseconds; else half a minute. */
  readonly patience?: number | undefined;
  /** Aborts where nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined;
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > largest) throw new NoAnswer('unavailable', 'Prometheus answers with more than 64 MiB');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Every answer of the API, also to a query with a mistake, is an object with a status. */
function isOfTheApi(body: Uint8Array): boolean {
  try {
    const { status } = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly status?: unknown };
    return status === 'success' || status === 'error';
  } catch {
    return false;
  }
}

/** In Node's words: `ECONNREFUSED`, and nothing that could hold the address. */
function causeOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : 'no connection';
}

async function exchange(
  { url, authorization }: PrometheusAddress,
  target: string,
  signal: AbortSignal,
): Promise<Said> {
  const response = await fetch(`${url}${target}`, {
    headers: { Accept: 'application/json', ...(authorization && { Authorization: authorization }) },
    // Whoever Prometheus points to was not named by the user, and would get the credentials.
    redirect: 'manual',
    signal,
  });
  const { status } = response;
  if (status >= 300 && status < 400) {
    await response.body?.cancel();
    throw new NoAnswer(
      'unavailable',
      `Prometheus at ${url} redirects (${status}): name the address it points to`,
    );
  }
  const body = await bodyOf(response);
  if (isOfTheApi(body)) return { status, body };
  const how =
    status === 401 || status === 403
      ? `refuses the credentials, or wants some (${status})`
      : `does not answer as Prometheus does (${status})`;
  throw new NoAnswer('unavailable', `${url} ${how}`);
}

/**
 * Asks Prometheus. No redirect is followed.
 * @param target path and parameters below the address
 * @throws NoAnswer
 */
export async function ask(
  address: PrometheusAddress,
  target: string,
  options: AskOptions = {},
): Promise<Said> {
  const limit = options.patience ?? patience;
  const late = AbortSignal.timeout(limit);
  const signal = options.signal === undefined ? late : AbortSignal.any([late, options.signal]);
  try {
    return await exchange(address, target, signal);
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    if (late.aborted)
      throw new NoAnswer('timeout', `Prometheus at ${address.url} does not answer within ${limit / 1000} s`);
    throw new NoAnswer('unavailable', `Prometheus at ${address.url} cannot be reached: ${causeOf(error)}`);
  }
}

/**
 * The version of a Prometheus; undefined for those that answer as Prometheus does and have none, such as Mimir.
 * @throws NoAnswer
 */
export async function versionOf(
  address: PrometheusAddress,
  options: AskOptions,
): Promise<string | undefined> {
  const { body } = await ask(address, '/api/v1/status/buildinfo', options).catch(() =>
    ask(address, '/api/v1/query?query=1', options),
  );
  const { data } = JSON.parse(Buffer.from(body).toString('utf8')) as {
    readonly data?: { readonly version?: unknown };
  };
  return typeof data?.version === 'string' ? data.version : undefined;
}
