import type { IncomingHttpHeaders } from 'node:http';

/** What is looked at before anything else of a request is. */
export interface Asking {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** Why a request is not answered. */
export interface Refusal {
  readonly status: 403 | 405;
  readonly reason: string;
}

/** The names under which a browser of this machine reaches the page. */
const hostNames = ['localhost', '127.0.0.1', '[::1]'] as const;

/** The values of `Host` that are ours; browsers leave the port out where it is that of the scheme. */
function authorities(port: number): readonly string[] {
  return hostNames.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
}

/**
 * Who may ask: pages of our own, and programs of this machine. A page of somebody else that has its name point to 127.0.0.1 is told by
 * `Host`; one that asks from its own address, by `Origin` and by what browsers say of who asks.
 * @returns undefined where the request may be answered
 */
export function refusalOf({ method, path, headers }: Asking, port: number): Refusal | undefined {
  if (method !== 'GET' && method !== 'HEAD')
    return { status: 405, reason: 'the preview only answers GET and HEAD' };
  const ours = authorities(port);
  const host = headers.host?.toLowerCase();
  if (host === undefined || !ours.includes(host))
    return { status: 403, reason: `the preview is only served as http://localhost:${port}/` };
  const { origin } = headers;
  if (origin !== undefined && !ours.some((authority) => origin.toLowerCase() === `http://${authority}`))
    return { status: 403, reason: 'the preview does not answer pages of another origin' };
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  // Somebody may follow a link to the page from elsewhere; nothing else can be asked for from there.
  const isVisit =
    path === '/' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  if (!isOwn && !isVisit)
    return { status: 403, reason: 'the preview does not answer pages of another origin' };
  return undefined;
}
