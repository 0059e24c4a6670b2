import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connectionFault, NoAnswer } from './no-answer.js';

/** Milliseconds that one answer may take, from the first packet to the last byte. */
export const deadline = 5000;

/** Bytes of an answer. The rules of a large Prometheus are some megabytes. */
const largest = 32 * 1024 * 1024;

/** One request, ready to be sent. */
export interface Request {
  /** How the other side is called in messages. */
  readonly who: string;
  readonly url: string;
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** PEM. */
  readonly certificate?: Buffer | undefined;
  readonly key?: Buffer | undefined;
  readonly authority?: Buffer | undefined;
  /** Milliseconds; else five seconds. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What came. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  /** Milliseconds since 1970 on this machine, when the request was sent and when the head of the answer was there. */
  readonly sentAt: number;
  readonly headAt: number;
}

/**
 * Sends one request, on a connection of its own, and reads the answer. Redirects are not followed: whoever is pointed to was not named by
 * anybody, and would get the credentials.
 * @throws NoAnswer
 */
export async function exchange(request: Request): Promise<Answer> {
  const patience = request.patience ?? deadline;
  const late = AbortSignal.timeout(patience);
  const signal = request.signal === undefined ? late : AbortSignal.any([late, request.signal]);
  try {
    return await send(request, signal);
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    if (late.aborted)
      throw new NoAnswer('timeout', `${request.who} does not answer within ${patience / 1000} s`);
    throw connectionFault(request.who, error);
  }
}

function send(request: Request, signal: AbortSignal): Promise<Answer> {
  const { who, url, method, headers, body, certificate, key, authority } = request;
  const options = {
    method: method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...headers,
      ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
    },
    signal,
    agent: false as const,
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(authority === undefined ? {} : { ca: authority }),
  };
  return new Promise((resolve, reject) => {
    const sentAt = Date.now();
    const outgoing = (url.startsWith('https:') ? requestHttps : requestHttp)(url, options, (response) => {
      const headAt = Date.now();
      // A connection that breaks in the middle of the body fails here, and not at the request.
      response.on('error', reject);
      read(response, who)
        .then((bytes) => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: bytes,
            sentAt,
            headAt,
          });
        })
        .catch(reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function read(response: IncomingMessage, who: string): Promise<Buffer> {
  const status = response.statusCode ?? 0;
  if (status >= 300 && status < 400) {
    response.destroy();
    throw new NoAnswer('redirect', `${who} points to another address (${status})`, status);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largest) {
      response.destroy();
      throw new NoAnswer('too large', `${who} answers with more than ${largest / 1024 / 1024} MiB`, status);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
