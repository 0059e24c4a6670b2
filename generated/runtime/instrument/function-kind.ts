// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

/** Any function, as the wrappers call it. */
export type AnyFunction = (this: unknown, ...args: readonly unknown[]) => unknown;

/** How a function comes to its end: the language tells it of the function, before it is ever called. */
export type FunctionKind = 'plain' | 'async' | 'generator' | 'async generator';

const asyncPrototype: unknown = Object.getPrototypeOf(async () => {
  // Only what it is made of matters.
});

const tags: Readonly<Record<string, FunctionKind | undefined>> = {
  '[object AsyncFunction]': 'async',
  '[object GeneratorFunction]': 'generator',
  '[object AsyncGeneratorFunction]': 'async generator',
};

/** The kind of a function; those that this module makes have the prototype of theirs, and so its kind. */
export function functionKind(fn: object): FunctionKind {
  const prototype: unknown = Object.getPrototypeOf(fn);
  if (prototype === Function.prototype) return 'plain';
  if (prototype === asyncPrototype) return 'async';
  // Of another realm, a generator, or of a class below another.
  return tags[Object.prototype.toString.call(fn)] ?? 'plain';
}

/** Whether `new` can be used on it. */
export function isConstructor(fn: object): boolean {
  try {
    Reflect.construct(Object, [], fn as new () => object);
    return true;
  } catch {
    return false;
  }
}
