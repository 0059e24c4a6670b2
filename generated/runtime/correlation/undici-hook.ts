// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { targetOf } from './hosts.js';
import type { Diagnostics, RequestListener } from './outgoing-request.js';

const channel = 'undici:request:create';

/** A request of undici 6 and later, of the copy in Node that `fetch` uses and of those that a program installs. */
interface UndiciRequest {
  readonly origin: unknown;
  readonly method?: string;
  /** Names and values in turn. */
  readonly headers?: unknown;
  readonly addHeader?: (name: string, value: string) => unknown;
}

/**
 * Tells of each request of undici and fetch. One is made for every step of a redirect, with its own origin, and what is added to it does
 * not reach the next one.
 */
export function hookUndici(diagnostics: Diagnostics, tell: RequestListener): () => void {
  const listener = (message: unknown): void => {
    const { request } = message as { readonly request: UndiciRequest };
    // A CONNECT is for the proxy, which is another host than the one that the tunnel leads to.
    if (typeof request.addHeader !== 'function' || request.method === 'CONNECT') return;
    const target = targetOf(request.origin);
    if (target === undefined) return;
    tell({
      target,
      has: (name) => hasHeader(request.headers, name),
      add(name, value) {
        request.addHeader?.(name, value);
      },
      atSender(work) {
        const sender = senderOf(request);
        if (sender !== undefined) sender.runInAsyncScope(work);
        else if (!wasWaiting()) work();
      },
    });
  };
  const guarded = (message: unknown): void => {
    try {
      listener(message);
    } catch {
      // An error in a channel's listener ends the process.
    }
  };
  diagnostics.subscribe(channel, guarded);
  return () => {
    diagnostics.unsubscribe(channel, guarded);
  };
}

/** What undici's own calls are: made where the caller was. */
interface AsyncResource {
  runInAsyncScope(work: () => void): unknown;
}

/**
 * A pool with fewer connections than it has requests makes those that waited while an answer to another one arrives, and in that one's place.
 * The calls of undici itself remember their own.
 */
function senderOf(request: object): AsyncResource | undefined {
  const symbol = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'handler');
  const handler = symbol === undefined ? undefined : (request as Record<symbol, unknown>)[symbol];
  const isResource = typeof (handler as Partial<AsyncResource> | undefined)?.runInAsyncScope === 'function';
  return isResource ? (handler as AsyncResource) : undefined;
}

/** As deep as the step of the pool can stand below the channel. */
const searchedFrames = 20;

/**
 * Whether a request is made by a pool that has a connection free again, for a `fetch` that has waited for one: then the place at hand is that
 * of another request, and a wrong id would be worse than none. Nothing but the calls that are under way tells.
 */
function wasWaiting(): boolean {
  const frames = Error as unknown as { stackTraceLimit?: number };
  const limit = frames.stackTraceLimit;
  try {
    frames.stackTraceLimit = searchedFrames;
    return /\bonDrain\b/.test(new Error('sent').stack ?? '');
  } finally {
    if (limit === undefined) Reflect.deleteProperty(frames, 'stackTraceLimit');
    else frames.stackTraceLimit = limit;
  }
}

function hasHeader(headers: unknown, name: string): boolean {
  if (typeof headers === 'string') return `\r\n${headers.toLowerCase()}`.includes(`\r\n${name}:`);
  if (!Array.isArray(headers)) return false;
  return headers.some((each, index) => index % 2 === 0 && String(each).toLowerCase() === name);
}
