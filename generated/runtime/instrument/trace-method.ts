// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { addNote } from '../notes.js';
import type { AnyFunction } from './function-kind.js';
import type { AnyPaths, Observed, Paths } from './observed.js';
import { siteOf } from './sites.js';
import { wrap } from './wrap.js';

/**
 * Records each call of a method: `traceMethod(spans.run, { agent: 'this.name' }, ResearchAgent.prototype, 'run')`. The property stays as
 * enumerable, writable and configurable as it is.
 */
export function traceMethod<A, O extends string, C, T, F>(
  observed: Observed<A, O, C, T, F>,
  target: object,
  name: PropertyKey,
): void;
export function traceMethod<A, O extends string, C, T, F>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  target: object,
  name: PropertyKey,
): void;
export function traceMethod(observed: object, ...given: readonly unknown[]): void {
  const [attributes, target, name] = (given.length < 3 ? [undefined, ...given] : given) as Parts;
  replace(target, 'value', name, observed, attributes);
}

/** Records each reading (`get`) or writing (`set`) of a property that has accessors. */
export function traceAccessor<A, O extends string, C, T, F>(
  observed: Observed<A, O, C, T, F>,
  target: object,
  accessor: 'get' | 'set',
  name: PropertyKey,
): void;
export function traceAccessor<A, O extends string, C, T, F>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  target: object,
  accessor: 'get' | 'set',
  name: PropertyKey,
): void;
export function traceAccessor(observed: object, ...given: readonly unknown[]): void {
  const [attributes, target, accessor, name] = (
    given.length < 4 ? [undefined, ...given] : given
  ) as AccessorParts;
  replace(target, accessor, name, observed, attributes);
}

type Parts = readonly [AnyPaths | undefined, object, PropertyKey];
type AccessorParts = readonly [AnyPaths | undefined, object, 'get' | 'set', PropertyKey];

/** What cannot be replaced stays as it is, and is noted: a class must not fail for its telemetry. */
function replace(
  target: object,
  part: 'value' | 'get' | 'set',
  name: PropertyKey,
  observed: object,
  attributes: AnyPaths | undefined,
): void {
  try {
    const descriptor = Object.getOwnPropertyDescriptor(target, name);
    const original = (descriptor as Readonly<Record<string, unknown>> | undefined)?.[part];
    if (typeof original === 'function') {
      const wrapper = wrap(original as AnyFunction, siteOf(observed, attributes), undefined);
      if (Reflect.defineProperty(target, name, { ...descriptor, [part]: wrapper })) return;
    }
  } catch {
    // A proxy that refuses.
  }
  const what = part === 'value' ? 'method' : `${part}ter`;
  addNote('instrument', `${what} ${String(name)} is not recorded: it is not there, or cannot be replaced`);
}
