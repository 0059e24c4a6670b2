// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Context } from '@opentelemetry/api';
import { contextManager } from '../traces/api-globals.js';
import type { AnyFunction } from './function-kind.js';

/** What a context manager is about to call: between two lines of this room alone, so that no function is made for each call. */
let pendingFunction: AnyFunction | undefined;
let pendingSelf: unknown;
let pendingArguments: readonly unknown[] = [];
let pendingTarget: (new () => object) | undefined;

/** What calls a function in a context. */
interface Entrance {
  with(context: Context | undefined, work: () => unknown): unknown;
}

/** Where there is no context to enter. */
const directly: Entrance = { with: (_, work) => work() };

/** What calls a function in the context of a recording: `entranceTo(context).with(context, entering(fn, this, args))`. */
export function entranceTo(context: Context | undefined): Entrance {
  return context === undefined ? directly : contextManager();
}

/**
 * A function that calls another one, once and at once.
 * @param target for `new`
 */
export function entering(
  fn: AnyFunction,
  self: unknown,
  args: readonly unknown[],
  target?: new () => object,
): () => unknown {
  pendingFunction = fn;
  pendingSelf = self;
  pendingArguments = args;
  pendingTarget = target;
  return enter;
}

/** Whether a context manager is at work: what it calls is not recorded, since it would be asked for a context again. */
export function isEntering(): boolean {
  return pendingFunction !== undefined;
}

/** Whether the context manager has failed before it has called. Asked once. */
export function wasLeft(): boolean {
  if (pendingFunction === undefined) return false;
  forget();
  return true;
}

function enter(): unknown {
  const fn = pendingFunction as AnyFunction;
  const self = pendingSelf;
  const args = pendingArguments;
  const target = pendingTarget;
  forget();
  return target === undefined ? Reflect.apply(fn, self, args) : Reflect.construct(fn, args, target);
}

function forget(): void {
  pendingFunction = undefined;
  pendingSelf = undefined;
  pendingArguments = [];
  pendingTarget = undefined;
}
