// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { openSpan } from '../traces/open-span.js';
import { isTelemetryAtWork, workBegins, workEnds } from './at-work.js';
import { entering, entranceTo, isEntering } from './enter.js';
import { functionKind } from './function-kind.js';
import type { AnyFunction } from './function-kind.js';
import type { AnyPaths, Observed, Paths, Roots } from './observed.js';
import { Recording } from './recording.js';
import { settled } from './settle.js';
import { insideOf } from './site.js';
import { siteOf } from './sites.js';
import { recordSteps } from './steps.js';
import { recovered } from './wrap.js';

/**
 * Records what the body of a function does, where the function itself has to stay as it is:
 * `({ city }) => traceCall(spans.weather, { city: 'args.0.city' }, { args: [{ city }] }, () => …)`.
 */
export function traceCall<A, O extends string, C, T, F, R>(
  observed: Observed<A, O, C, T, F>,
  body: () => R,
): R;
export function traceCall<A, O extends string, C, T, F, R>(
  observed: Observed<A, O, C, T, F>,
  roots: Roots,
  body: () => R,
): R;
export function traceCall<A, O extends string, C, T, F, R>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  roots: Roots,
  body: () => R,
): R;
export function traceCall(observed: object, second: unknown, third?: unknown, fourth?: unknown): unknown {
  if (typeof fourth === 'function')
    return recorded(observed, second as AnyPaths, third as Roots, fourth as AnyFunction);
  if (typeof third === 'function')
    return recorded(observed, undefined, second as Roots, third as AnyFunction);
  return recorded(observed, undefined, undefined, second as AnyFunction);
}

const none: readonly unknown[] = [];

function recorded(
  observed: object,
  attributes: AnyPaths | undefined,
  roots: Roots | undefined,
  body: AnyFunction,
): unknown {
  const kind = functionKind(body);
  if (kind !== 'plain' && kind !== 'async')
    return recordSteps(body(), kind, siteOf(observed, attributes), roots?.this, roots?.args);
  const recording = begin(observed, attributes);
  if (recording === undefined) return body();
  recording.read(roots?.this, roots?.args);
  const { context } = recording;
  let result: unknown;
  try {
    result = entranceTo(context).with(context, entering(body, undefined, none));
  } catch (error) {
    result = recovered(recording, error, body, undefined, none);
  }
  return settled(recording, result, kind === 'async');
}

/** Calls a function, with this one call recorded. */
export function recordCall(
  observed: object,
  attributes: AnyPaths | undefined,
  fn: AnyFunction,
  self: unknown,
  args: readonly unknown[],
): unknown {
  const kind = functionKind(fn);
  if (kind !== 'plain' && kind !== 'async')
    return recordSteps(Reflect.apply(fn, self, args), kind, siteOf(observed, attributes), self, args);
  const recording = begin(observed, attributes);
  if (recording === undefined) return Reflect.apply(fn, self, args);
  recording.read(self, args);
  const { context } = recording;
  let result: unknown;
  try {
    result = entranceTo(context).with(context, entering(fn, self, args));
  } catch (error) {
    result = recovered(recording, error, fn, self, args);
  }
  return settled(recording, result, kind === 'async');
}

/** Nothing is looked up where nothing is recorded. */
function begin(observed: object, attributes: AnyPaths | undefined): Recording | undefined {
  const own = insideOf(observed);
  if (own === undefined) return siteOf(observed, attributes).begin();
  if (isTelemetryAtWork() || isEntering()) return undefined;
  const was = workBegins();
  try {
    const span = openSpan(own.kind, undefined, undefined);
    return span === undefined ? undefined : new Recording(siteOf(observed, attributes), span);
  } catch {
    return undefined;
  } finally {
    workEnds(was);
  }
}
