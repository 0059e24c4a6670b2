import { builtinModule } from '../host.js';
import { shared } from '../shared.js';
import { hookHttp } from './http-hook.js';
import { hookUndici } from './undici-hook.js';
import type { Diagnostics, OutgoingRequest, RequestListener } from './outgoing-request.js';

interface Hooks {
  readonly listeners: Set<RequestListener>;
  end: (() => void) | undefined;
}

/** One set of hooks a process, however many copies of the runtime it has. */
const hooks = shared('correlation hooks', (): Hooks => ({ listeners: new Set(), end: undefined }));

/** Calls back for each request of undici, fetch and node:http until it is ended; returns the end. */
export function onOutgoingRequest(listener: RequestListener): () => void {
  hooks.listeners.add(listener);
  hooks.end ??= install();
  return () => {
    hooks.listeners.delete(listener);
    if (hooks.listeners.size > 0) return;
    hooks.end?.();
    hooks.end = undefined;
  };
}

function install(): () => void {
  const diagnostics = builtinModule('node:diagnostics_channel') as Diagnostics | undefined;
  if (diagnostics === undefined) return nothing;
  const ends = [hookUndici(diagnostics, tell), hookHttp(diagnostics, tell)];
  return () => {
    for (const end of ends) end();
  };
}

/** A listener that fails does not keep the request from being sent. */
function tell(request: OutgoingRequest): void {
  for (const listener of hooks.listeners) {
    try {
      listener(request);
    } catch {
      // The request goes out as the program made it.
    }
  }
}

function nothing(): void {
  // Where there are no channels, the explicit helpers remain.
}
