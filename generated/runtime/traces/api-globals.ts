// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';

/**
 * Where every copy of version 1 of the API keeps what has been registered: the contract by which copies of different releases find each
 * other. Looking there spares the API's check of versions, which each of its calls makes anew and which a span would pay three times.
 */
const key = Symbol.for('opentelemetry.js.api.1');

interface ApiGlobals {
  readonly trace?: object;
  readonly context?: ContextManager;
}

/** Holds the active context, and calls functions in another one. */
export interface ContextManager {
  active(): Context;
  with<R>(context: Context, work: () => R): R;
}

const holder = globalThis as unknown as Record<symbol, ApiGlobals | undefined>;

/** The registered tracer provider; undefined where there is none. */
export function registeredProvider(): object | undefined {
  return holder[key]?.trace;
}

/** The active context. */
export function activeContext(): Context {
  const manager = holder[key]?.context;
  return manager === undefined ? context.active() : manager.active();
}

/** Calls a function in a context. */
export function callWith<R>(within: Context, work: () => R): R {
  const manager = holder[key]?.context;
  return manager === undefined ? context.with(within, work) : manager.with(within, work);
}

/** What calls functions in a context, for those who want no frame of this file between their own and the program's. */
export function contextManager(): ContextManager {
  return holder[key]?.context ?? context;
}

/** The registered context manager; undefined where there is none, and with it no context to enter. */
export function registeredContextManager(): ContextManager | undefined {
  return holder[key]?.context;
}
