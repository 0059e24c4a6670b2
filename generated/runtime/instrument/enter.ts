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

/**
 * Calls a function in a context by a manager that can do no more than that. One that fails before it has called does not keep the work
 * from being done; what the function throws comes through.
 * @param target for `new`
 */
export function callWithin(
  context: Context | undefined,
  fn: AnyFunction,
  self: unknown,
  args: readonly unknown[],
  target?: new () => object,
): unknown {
  pendingFunction = fn;
  pendingSelf = self;
  pendingArguments = args;
  pendingTarget = target;
  if (context === undefined) return enter();
  try {
    return contextManager().with(context, enter);
  } catch (error) {
    if (!isEntering()) throw error;
    return enter();
  }
}

/** Whether a context manager is at work: what it calls is not recorded, since it would be asked for a context again. */
export function isEntering(): boolean {
  return pendingFunction !== undefined;
}

function enter(): unknown {
  const fn = pendingFunction as AnyFunction;
  const self = pendingSelf;
  const args = pendingArguments;
  const target = pendingTarget;
  pendingFunction = undefined;
  pendingSelf = undefined;
  pendingArguments = [];
  pendingTarget = undefined;
  return target === undefined ? Reflect.apply(fn, self, args) : Reflect.construct(fn, args, target);
}
