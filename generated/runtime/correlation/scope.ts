// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { SpanContext } from '@opentelemetry/api';
import { builtinModule } from '../host.js';
import { shared } from '../shared.js';

/** What a request carries through everything that happens for it. */
export interface Scope {
  /** The id that ties the request together, across services. */
  readonly correlationId: string;
  /** Fields that travel with it and stand on each log line, by name. */
  readonly baggage: Readonly<Record<string, string>>;
  /** The caller's span: handed on where no SDK is there that would make spans below it. */
  readonly remote?: SpanContext | undefined;
}

interface Storage {
  getStore(): Scope | undefined;
  run<R>(scope: Scope | undefined, work: () => R): R;
}

const storage = shared('correlation scope', (): Storage | undefined => {
  const module = builtinModule('node:async_hooks') as
    { readonly AsyncLocalStorage: new () => Storage } | undefined;
  return module === undefined ? undefined : new module.AsyncLocalStorage();
});

/** The scope of the request that is being worked on. */
export function currentScope(): Scope | undefined {
  return storage?.getStore();
}

/** Runs work in a scope: it holds across awaits, timers and callbacks. What the work returns or throws comes through. */
export function runInScope<R>(scope: Scope | undefined, work: () => R): R {
  return storage === undefined ? work() : storage.run(scope, work);
}

/** Gives a scope other baggage, for all that happens in it from now on. Scopes that were made of it keep what they took over. */
export function changeBaggage(scope: Scope, baggage: Readonly<Record<string, string>>): void {
  (scope as { baggage: Readonly<Record<string, string>> }).baggage = baggage;
}
