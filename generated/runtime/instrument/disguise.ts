// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { isConstructor } from './function-kind.js';
import type { AnyFunction } from './function-kind.js';

const standard = new Set<PropertyKey>(['length', 'name', 'prototype', 'arguments', 'caller']);

/** Gives a wrapper what can be seen of the function that it stands for: name, length, kind, `prototype` and properties of its own. */
export function disguise(wrapper: AnyFunction, original: AnyFunction, name: string | undefined): AnyFunction {
  const prototype: unknown = Object.getPrototypeOf(original);
  if (prototype !== Function.prototype) Object.setPrototypeOf(wrapper, prototype as object | null);
  define(wrapper, 'name', { value: name ?? original.name, configurable: true });
  if (wrapper.length !== original.length)
    define(wrapper, 'length', { value: original.length, configurable: true });
  takePrototype(wrapper, original);
  for (const key of Reflect.ownKeys(original)) {
    if (standard.has(key)) continue;
    const descriptor = Object.getOwnPropertyDescriptor(original, key);
    if (descriptor !== undefined) define(wrapper, key, descriptor);
  }
  return wrapper;
}

/** What `new` makes is of the same kind, and says that it was made by the function that everybody knows. */
function takePrototype(wrapper: AnyFunction, original: AnyFunction): void {
  const own = Object.getOwnPropertyDescriptor(original, 'prototype');
  if (own === undefined) return;
  define(wrapper, 'prototype', own);
  const made: unknown = own.value;
  if (typeof made !== 'object' || made === null || !isConstructor(original)) return;
  const constructor = Object.getOwnPropertyDescriptor(made, 'constructor');
  if (constructor?.value === original) define(made, 'constructor', { ...constructor, value: wrapper });
}

function define(target: object, key: PropertyKey, descriptor: PropertyDescriptor): void {
  Reflect.defineProperty(target, key, descriptor);
}
