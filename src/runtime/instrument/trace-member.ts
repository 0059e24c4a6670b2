import type { AnyFunction } from './function-kind.js';
import type { AnyPaths, Observed, Paths } from './observed.js';
import { recordCall } from './trace-call.js';

/**
 * The method of an object, to be called at once, with the call recorded:
 * `traceMember(spans.chat, { model: 'args.0.model' }, client.chat.completions, 'create')({ … })`. It is called on the object, as
 * `client.chat.completions.create({ … })` would, and where there is none, or it is no function, the same errors are thrown.
 */
export function traceMember<A, O extends string, C, T, F, R, K extends keyof R>(
  observed: Observed<A, O, C, T, F>,
  receiver: R,
  key: K,
): R[K];
export function traceMember<A, O extends string, C, T, F, R, K extends keyof R>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  receiver: R,
  key: K,
): R[K];
export function traceMember(
  observed: object,
  second: unknown,
  third: unknown,
  ...rest: readonly unknown[]
): unknown {
  return rest.length === 0
    ? member(observed, undefined, second, third as PropertyKey)
    : member(observed, second as AnyPaths, third, rest[0] as PropertyKey);
}

function member(
  observed: object,
  attributes: AnyPaths | undefined,
  receiver: unknown,
  key: PropertyKey,
): unknown {
  // The property is read now, as the language does: what the arguments do is later.
  const fn = (receiver as Readonly<Record<PropertyKey, unknown>>)[key];
  return (...args: readonly unknown[]): unknown => {
    if (typeof fn !== 'function') throw new TypeError(`${String(key)} is not a function`);
    return recordCall(observed, attributes, fn as AnyFunction, receiver, args);
  };
}
