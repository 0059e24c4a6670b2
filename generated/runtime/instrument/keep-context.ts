// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { here } from '../correlation/running.js';
import type { Place } from '../correlation/running.js';
import { currentScope } from '../correlation/scope.js';
import { activeContext } from '../traces/api-globals.js';
import { disguise } from './disguise.js';
import type { AnyFunction } from './function-kind.js';

/**
 * Keeps a callback in the request and the span in which it is made, for those that call it from somewhere else: queues, pools, emitters.
 * Made outside of any, it stays what it is.
 */
export function keepContext<F>(fn: F): F {
  if (typeof fn !== 'function') return fn;
  try {
    if (currentScope() === undefined && activeContext() === ROOT_CONTEXT) return fn;
    return kept(fn as unknown as AnyFunction, here()) as F;
  } catch {
    return fn;
  }
}

function kept(fn: AnyFunction, place: Place): AnyFunction {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
  const { bound } = {
    bound(this: unknown, ...values: readonly unknown[]): unknown {
      return place(() => Reflect.apply(fn, this, values));
    },
  };
  return disguise(bound, fn, undefined);
}
