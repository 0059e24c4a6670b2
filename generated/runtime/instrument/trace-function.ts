// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { AnyFunction } from './function-kind.js';
import type { AnyPaths, Observed, Paths } from './observed.js';
import { siteOf } from './sites.js';
import type { Site } from './site.js';
import { wrap } from './wrap.js';

/**
 * Functions of any signature; generic ones, overloads, predicates and classes keep theirs. Parameters without a type, as JavaScript has
 * them, are `any` here as they are anywhere.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- parameters without a type would become never or unknown for all who call
type Callable = ((...args: any[]) => unknown) | (abstract new (...args: any[]) => unknown);

/** What was made of a function, by the place that it was made for. */
const made = new WeakMap<object, { readonly site: Site; readonly wrapper: AnyFunction }[]>();

/**
 * Records each call of a function: `const search = traceFunction(spans.search, { query: 'args.0' }, 'search', (query: string) => …)`.
 * Everything else of it stays: `this`, arguments, results, errors, `new`, its length, and properties of its own. The name is the
 * function's.
 */
export function traceFunction<A, O extends string, C, T, F, Fn extends Callable>(
  observed: Observed<A, O, C, T, F>,
  name: string,
  fn: Fn,
): Fn;
export function traceFunction<A, O extends string, C, T, F, Fn extends Callable>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  name: string,
  fn: Fn,
): Fn;
export function traceFunction(observed: object, second: unknown, third: unknown, fourth?: unknown): unknown {
  return typeof second === 'string'
    ? traced(observed, undefined, second, third)
    : traced(observed, second as AnyPaths, third as string, fourth);
}

/** The same for a private method, of which a getter hands out the recorded form: made once for each function. */
export function tracePrivate<A, O extends string, C, T, F, Fn extends Callable>(
  observed: Observed<A, O, C, T, F>,
  name: string,
  fn: Fn,
): Fn;
export function tracePrivate<A, O extends string, C, T, F, Fn extends Callable>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  name: string,
  fn: Fn,
): Fn;
export function tracePrivate(observed: object, second: unknown, third: unknown, fourth?: unknown): unknown {
  return typeof second === 'string'
    ? traced(observed, undefined, second, third)
    : traced(observed, second as AnyPaths, third as string, fourth);
}

/** Something that is no function is handed back: it fails where it is called, as it would have. */
function traced(observed: object, attributes: AnyPaths | undefined, name: string, fn: unknown): unknown {
  if (typeof fn !== 'function') return fn;
  const site = siteOf(observed, attributes);
  const known = made.get(fn);
  const found = known?.find((each) => each.site === site);
  if (found !== undefined) return found.wrapper;
  // A function that stood where the language names it has lost that name as an argument, and with it the one in stack traces.
  if (fn.name === '') Reflect.defineProperty(fn, 'name', { value: name, configurable: true });
  const wrapper = wrap(fn as AnyFunction, site, name);
  if (known === undefined) made.set(fn, [{ site, wrapper }]);
  else known.push({ site, wrapper });
  return wrapper;
}
