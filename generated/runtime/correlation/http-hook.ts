// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';
import { globals } from './globals.js';
import type { HostTarget } from './hosts.js';
import type { Diagnostics, RequestListener } from './outgoing-request.js';

const channel = 'http.client.request.created';

/** A ClientRequest of node:http. */
interface ClientRequest {
  readonly host?: unknown;
  readonly protocol?: unknown;
  readonly method?: string;
  readonly headersSent: boolean;
  getHeader(name: string): unknown;
  setHeader(name: string, value: string): unknown;
}

type WriteHead = (this: ClientRequest) => unknown;

interface HttpModule {
  readonly ClientRequest: { readonly prototype: { _implicitHeader?: WriteHead } };
}

/** Tells of each request of node:http and node:https, before its head is written. */
export function hookHttp(diagnostics: Diagnostics, tell: RequestListener): () => void {
  const created = (request: ClientRequest): void => {
    try {
      if (request.headersSent || request.method === 'CONNECT') return;
      const target = targetOfRequest(request);
      if (target === undefined) return;
      tell({
        target,
        has: (name) => request.getHeader(name) !== undefined,
        add(name, value) {
          if (!request.headersSent) request.setHeader(name, value);
        },
        atSender(work) {
          work();
        },
      });
    } catch {
      // The request goes out as the program made it.
    }
  };
  return hasChannel() ? subscribed(diagnostics, created) : wrapped(created);
}

function subscribed(diagnostics: Diagnostics, created: (request: ClientRequest) => void): () => void {
  const listener = (message: unknown): void => {
    created((message as { readonly request: ClientRequest }).request);
  };
  diagnostics.subscribe(channel, listener);
  return () => {
    diagnostics.unsubscribe(channel, listener);
  };
}

/**
 * Node 20 has no such channel. There the one step is wrapped in which every request writes its head: it is on the prototype, so it does not
 * matter who imported `request` when. A request whose headers were given as a list has written its head before.
 */
function wrapped(created: (request: ClientRequest) => void): () => void {
  const prototype = (builtinModule('node:http') as HttpModule | undefined)?.ClientRequest.prototype;
  const original = prototype?._implicitHeader;
  if (prototype === undefined || original === undefined) return nothing;
  let isActive = true;
  const step: WriteHead = function (this: ClientRequest) {
    if (isActive) created(this);
    return original.call(this);
  };
  prototype._implicitHeader = step;
  return () => {
    isActive = false;
    // Where somebody has wrapped it again, the wrapper stays and does nothing.
    if (prototype._implicitHeader === step) prototype._implicitHeader = original;
  };
}

/** The channel is there since 22.12 and 23.2. */
function hasChannel(): boolean {
  const [major = 0, minor = 0] = (globals.process?.versions?.node ?? '').split('.').map(Number);
  return major > 23 || (major === 23 && minor >= 2) || (major === 22 && minor >= 12);
}

/** Where it connects to, which a `Host` header of the program's does not change; the port is only known where that header is Node's. */
function targetOfRequest(request: ClientRequest): HostTarget | undefined {
  const { host, protocol } = request;
  if (typeof host !== 'string') return undefined;
  const authority = request.getHeader('host');
  const port = typeof authority === 'string' ? portBehind(authority, host) : undefined;
  if (port === '') return { host, port: protocol === 'https:' ? 443 : 80 };
  return { host, port: port === undefined ? undefined : Number(port) };
}

/** The port in an authority of that host; empty where it is the protocol's own, undefined where it is another host's. */
function portBehind(authority: string, host: string): string | undefined {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  if (!authority.toLowerCase().startsWith(name.toLowerCase())) return undefined;
  const rest = authority.slice(name.length);
  if (rest === '') return '';
  return /^:\d{1,5}$/.test(rest) ? rest.slice(1) : undefined;
}

function nothing(): void {
  // Where there is no node:http, there is nothing to end.
}
