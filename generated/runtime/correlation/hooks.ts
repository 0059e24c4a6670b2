// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { builtinModule } from '../host.js';
import { shared } from '../shared.js';
import { hookHttp } from './http-hook.js';
import { hookUndici } from './undici-hook.js';
import type { HostTarget } from './hosts.js';

/** A request that is about to be sent, and to which headers can still be added. */
export interface OutgoingRequest {
  readonly target: HostTarget;
  has(name: string): boolean;
  add(name: string, value: string): void;
  /** Runs work where the request was asked for; not at all where that is not known any more. */
  atSender(work: () => void): void;
}

/** Is told of each request that the process sends. */
export type RequestListener = (request: OutgoingRequest) => void;

/** The part of node:diagnostics_channel that is used. */
export interface Diagnostics {
  subscribe(name: string, listener: (message: unknown) => void): void;
  unsubscribe(name: string, listener: (message: unknown) => void): unknown;
}

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
