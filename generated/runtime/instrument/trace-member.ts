// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { enterContext } from './context-scope.js';
import { callWithin } from './enter.js';
import { functionKind } from './function-kind.js';
import type { AnyFunction } from './function-kind.js';
import type { AnyPaths, Observed, Paths } from './observed.js';
import { settled } from './settle.js';
import { siteOf } from './sites.js';
import { recordSteps } from './steps.js';
import { beginCall } from './trace-call.js';

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
  const held = (receiver as Readonly<Record<PropertyKey, unknown>>)[key];
  return (...args: readonly unknown[]): unknown => {
    if (typeof held !== 'function') throw new TypeError(`${String(key)} is not a function`);
    const fn = held as AnyFunction;
    const kind = functionKind(fn);
    if (kind !== 'plain' && kind !== 'async')
      return recordSteps(
        Reflect.apply(fn, receiver, args),
        kind,
        siteOf(observed, attributes),
        receiver,
        args,
      );
    const recording = beginCall(observed, attributes);
    if (recording === undefined) return Reflect.apply(fn, receiver, args);
    recording.read(receiver, args);
    const { context } = recording;
    const scope = enterContext(context);
    let result: unknown;
    try {
      result =
        scope === undefined ? callWithin(context, fn, receiver, args) : Reflect.apply(fn, receiver, args);
    } catch (error) {
      scope?.dispose();
      recording.fail(error);
      throw error;
    }
    scope?.dispose();
    return settled(recording, result, kind === 'async');
  };
}
