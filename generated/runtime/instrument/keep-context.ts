// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { ROOT_CONTEXT } from '@opentelemetry/api';
import { inPlaceOf, takesJobs } from '../correlation/job-place.js';
import { here } from '../correlation/running.js';
import type { Place } from '../correlation/running.js';
import { currentScope } from '../correlation/scope.js';
import { activeContext } from '../traces/api-globals.js';
import { disguise } from './disguise.js';
import type { AnyFunction } from './function-kind.js';

/**
 * Keeps a callback in the request and the span in which it is made, for those that call it from somewhere else: queues, pools, emitters.
 * A job that brings a place of its own, put there by `correlation.injectJob`, is handled in that one. Made outside of any request, where
 * no job can bring one, it stays what it is.
 */
export function keepContext<F>(fn: F): F {
  if (typeof fn !== 'function') return fn;
  try {
    if (currentScope() === undefined && activeContext() === ROOT_CONTEXT && !takesJobs()) return fn;
    return Keeper.keep(fn as unknown as AnyFunction, here()) as F;
  } catch {
    return fn;
  }
}

/** A class is strict wherever its text ends up, so that a callback which is called on nothing has no `this`. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- for what the language says of the code in it
class Keeper {
  static keep(fn: AnyFunction, place: Place): AnyFunction {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
    const { bound } = {
      bound(this: unknown, ...values: readonly unknown[]): unknown {
        return inPlaceOf(values[0], () => Reflect.apply(fn, this, values), place);
      },
    };
    return disguise(bound, fn, undefined);
  }
}
