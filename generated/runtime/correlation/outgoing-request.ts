// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

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
