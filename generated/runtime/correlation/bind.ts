// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { here } from './running.js';
import type { Place } from './running.js';

/** An object whose listeners are called by `emit`: every emitter of Node, streams and sockets included. */
export interface Emitter {
  emit(event: string | symbol, ...values: never[]): boolean;
}

type AnyFunction = (this: unknown, ...values: never[]) => unknown;
type Steps = Partial<Record<'next' | 'return' | 'throw', AnyFunction>>;

const bound = new WeakSet();

/**
 * Keeps what is called later in the request that is worked on now: a function, the listeners of an emitter, or the steps of an iterator
 * or a generator. Functions and iterators are wrapped; an emitter is changed and returned itself.
 */
export function bind<T extends object>(target: T, place: Place = here()): T {
  try {
    if (typeof target === 'function') return boundFunction(target, place) as unknown as T;
    if (typeof (target as Partial<Emitter>).emit === 'function') return boundEmitter(target, place);
    if (typeof (target as Steps).next === 'function') return boundIterator(target, place);
  } catch {
    // Frozen, or a proxy that refuses: it stays as it is.
  }
  return target;
}

function boundFunction(work: AnyFunction, place: Place): AnyFunction {
  return function (this: unknown, ...values: never[]) {
    return place(() => work.apply(this, values));
  };
}

/** All listeners, whoever adds them and when: Node calls those of a request where its connection was made, which is no request's place. */
function boundEmitter<T extends object>(emitter: T, place: Place): T {
  if (bound.has(emitter)) return emitter;
  bound.add(emitter);
  const emit = (emitter as unknown as { readonly emit: AnyFunction }).emit;
  Object.defineProperty(emitter, 'emit', {
    configurable: true,
    enumerable: false,
    writable: true,
    value: boundFunction(emit, place),
  });
  return emitter;
}

function boundIterator<T extends object>(iterator: T, place: Place): T {
  const steps = new Map<string | symbol, AnyFunction>();
  return new Proxy(iterator, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const known = steps.get(name);
      if (known !== undefined) return known;
      const isIteration = name === Symbol.asyncIterator || name === Symbol.iterator;
      const made: AnyFunction = isIteration
        ? function (this: unknown) {
            return this;
          }
        : (...values) => place(() => (value as AnyFunction).apply(target, values));
      steps.set(name, made);
      return made;
    },
  });
}
