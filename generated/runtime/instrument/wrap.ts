// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { disguise } from './disguise.js';
import { enterContext } from './context-scope.js';
import { callWithin } from './enter.js';
import { functionKind, isConstructor } from './function-kind.js';
import type { AnyFunction } from './function-kind.js';
import { settled } from './settle.js';
import type { Site } from './site.js';
import { recordSteps } from './steps.js';

/**
 * The function with each call recorded: as it was in everything that can be seen of it, where it stands in a class and where it is
 * called.
 */
export function wrap(fn: AnyFunction, site: Site, name: string | undefined): AnyFunction {
  return disguise(Wrapper.around(fn, site), fn, name);
}

/**
 * Makes the functions that stand for others. A class is strict wherever its text ends up: in a bundle that has lost "use strict", a function
 * that is called on nothing would hand on the global object as `this`.
 */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- for what the language says of the code in it
class Wrapper {
  static around(fn: AnyFunction, site: Site): AnyFunction {
    const kind = functionKind(fn);
    if (kind === 'plain' && isConstructor(fn)) return Wrapper.constructorOf(fn, site);
    if (kind === 'plain' || kind === 'async') return Wrapper.methodOf(fn, site, kind === 'async');
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
    const { traced } = {
      // Generators are made at once: only their steps wait.
      traced(this: unknown, ...args: readonly unknown[]): unknown {
        return recordSteps(Reflect.apply(fn, this, args), kind, site, this, args);
      },
    };
    return traced;
  }

  /** A method: like what it stands for, it cannot be used with `new`. It calls the function itself, so that stack traces have one frame more. */
  private static methodOf(fn: AnyFunction, site: Site, isAsync: boolean): AnyFunction {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
    const { traced } = {
      traced(this: unknown, ...args: readonly unknown[]): unknown {
        const recording = site.begin();
        if (recording === undefined) return Reflect.apply(fn, this, args);
        recording.read(this, args);
        const { context } = recording;
        const scope = enterContext(context);
        let result: unknown;
        try {
          result = scope === undefined ? callWithin(context, fn, this, args) : Reflect.apply(fn, this, args);
        } catch (error) {
          scope?.dispose();
          recording.fail(error);
          throw error;
        }
        scope?.dispose();
        return settled(recording, result, isAsync);
      },
    };
    return traced;
  }

  /** The same for what may be called with `new` as well. */
  private static constructorOf(fn: AnyFunction, site: Site): AnyFunction {
    return function traced(this: unknown, ...args: readonly unknown[]): unknown {
      const target = new.target as unknown as (new () => object) | undefined;
      const recording = site.begin();
      if (recording === undefined)
        return target === undefined ? Reflect.apply(fn, this, args) : Reflect.construct(fn, args, target);
      if (target === undefined) recording.read(this, args);
      else recording.read(undefined, args);
      const { context } = recording;
      const scope = enterContext(context);
      let result: unknown;
      try {
        if (scope === undefined) result = callWithin(context, fn, this, args, target);
        else
          result = target === undefined ? Reflect.apply(fn, this, args) : Reflect.construct(fn, args, target);
      } catch (error) {
        scope?.dispose();
        recording.fail(error);
        throw error;
      }
      scope?.dispose();
      return settled(recording, result, false);
    };
  }
}
