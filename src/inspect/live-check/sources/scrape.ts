import { excerpt } from '../../doctor/ask/client.js';
import type { TargetPage } from '../pages.js';
import { isHtml } from './html.js';
import { TargetError } from './target-error.js';

/** How a page is asked for. */
export interface ScrapeOptions {
  /** Milliseconds for all of it. */
  readonly patience: number;
  /** Bytes that a page may have, unpacked. */
  readonly maxBytes: number;
  /** A bearer token. */
  readonly token?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** OpenMetrics first: it has units, and says where the page ends. The text format is what everybody has. */
const accept =
  'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

/** Why there was no connection, as the system says it. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nobody listens there'],
  ['ENOTFOUND', 'there is no host of that name'],
  ['EAI_AGAIN', 'the name of the host cannot be looked up now'],
  ['ECONNRESET', 'it broke the connection off'],
  ['UND_ERR_SOCKET', 'it broke the connection off'],
  ['EHOSTUNREACH', 'the host cannot be reached'],
  ['ENETUNREACH', 'its network cannot be reached'],
  ['HPE_INVALID_CONSTANT', 'it does not speak HTTP'],
  [
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'its certificate is signed by nobody known; NODE_EXTRA_CA_CERTS names an authority',
  ],
  [
    'SELF_SIGNED_CERT_IN_CHAIN',
    'its certificate is signed by nobody known; NODE_EXTRA_CA_CERTS names an authority',
  ],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host'],
]);

function whyNot(error: unknown): { readonly text: string; readonly code: string } {
  const causes: unknown[] = [error];
  for (let at = error; at instanceof Error && at.cause !== undefined; at = at.cause) causes.push(at.cause);
  for (const each of causes.flatMap((cause) =>
    cause instanceof AggregateError ? [cause, ...(cause.errors as unknown[])] : [cause],
  )) {
    const code = (each as NodeJS.ErrnoException).code;
    if (typeof code === 'string') return { text: reasons.get(code) ?? code, code };
  }
  const last = causes.at(-1);
  return { text: last instanceof Error ? last.message : String(last), code: '' };
}

/** Addresses as they are shown: without a password. */
function shown(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}${url.search}`;
}

function requireGood({ status, headers }: Response, target: string, said: string): void {
  if (status === 401 || status === 403)
    throw new TargetError(`${target} answers ${status}: it wants to know who asks`, [
      'name a file with a bearer token: --token-file FILE',
    ]);
  if (status === 404)
    throw new TargetError(`${target} answers 404: there is no such page`, [
      'the path is often /metrics; what `telemetry.start()` serves is where the service listens for it',
    ]);
  if (status < 200 || status >= 300)
    throw new TargetError(`${target} answers ${status}${said === '' ? '' : `: ${said}`}`, [], status >= 500);
  if (headers.get('content-type')?.includes('application/vnd.google.protobuf') === true)
    throw new TargetError(`${target} answers in Prometheus's protobuf format, which was not asked for`, [
      'let it answer in the text format or OpenMetrics',
    ]);
}

async function bytesOf(response: Response, target: string, maxBytes: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body ?? []) {
    const bytes = piece as Uint8Array;
    size += bytes.length;
    if (size > maxBytes)
      throw new TargetError(`${target} answers with more than ${maxBytes >> 20} MiB`, [
        'is it a page of metrics? A larger one is let in by --max-size MIB',
      ]);
    pieces.push(bytes);
  }
  return Buffer.concat(pieces);
}

/**
 * Asks for a page of metrics.
 * @throws TargetError with what went wrong, and what to do
 */
export async function scrape(address: string, options: ScrapeOptions): Promise<TargetPage> {
  const url = new URL(address);
  const target = shown(url);
  const { patience, maxBytes, token } = options;
  const deadline = AbortSignal.timeout(patience);
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal]);
  const password = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  const authorization =
    token !== undefined
      ? { authorization: `Bearer ${token}` }
      : password === ':'
        ? {}
        : { authorization: `Basic ${Buffer.from(password).toString('base64')}` };
  url.username = '';
  url.password = '';
  try {
    const response = await fetch(url, { headers: { accept, ...authorization }, signal, redirect: 'follow' });
    const body = await bytesOf(response, target, maxBytes);
    requireGood(response, target, excerpt(body));
    const contentType = response.headers.get('content-type') ?? undefined;
    const text = body.toString('utf8');
    if (isHtml(text, contentType))
      throw new TargetError(`${target} answers with HTML, not with metrics`, [
        'is it the page of a browser? The path of metrics is often /metrics; a proxy may ask for a login',
      ]);
    return { target, text, contentType: formatOf(contentType) };
  } catch (error) {
    if (error instanceof TargetError) throw error;
    if (options.signal?.aborted === true) throw error;
    if (deadline.aborted)
      throw new TargetError(
        `${target} has not answered within ${patience / 1000} s`,
        ['--timeout lets it have longer'],
        true,
      );
    const { text, code } = whyNot(error);
    throw new TargetError(
      `${target} cannot be asked: ${text}`,
      code === 'ECONNREFUSED' ? ['is the service running? --wait 30s waits for it'] : [],
      true,
    );
  }
}

/** What the header says of the format; nothing where it says neither. */
function formatOf(contentType: string | undefined): string | undefined {
  return contentType !== undefined && /openmetrics|text\/plain/.test(contentType) ? contentType : undefined;
}
