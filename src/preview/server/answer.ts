import type { ServerResponse } from 'node:http';

/** What is sent for a request. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An answer in JSON. */
export function json(value: unknown, status = 200): Answer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

/** An answer that says why there is no other. */
export function refused(status: number, reason: string, headers?: Answer['headers']): Answer {
  return { ...json({ reason }, status), headers };
}

/** An error in the form of Prometheus's own, for what reads its API. */
export function apiError(status: number, errorType: string, error: string): Answer {
  return json({ status: 'error', errorType, error }, status);
}

/** What everything is sent with. Pages change with the spec and with obs-gen: nothing is kept. */
export const safeHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** For everything that is no page: it can load and run nothing. */
const inert = "default-src 'none'; frame-ancestors 'none'";

/** Sends an answer; one that nobody waits for any more is passed over. */
export function send(answer: Answer, response: ServerResponse, isHead: boolean): void {
  if (response.destroyed || response.headersSent) return;
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  response.writeHead(answer.status, {
    'Content-Security-Policy': inert,
    ...safeHeaders,
    ...answer.headers,
    'Content-Type': answer.type,
    'Content-Length': body.byteLength,
  });
  response.end(isHead ? undefined : body);
}
