import { openSpan } from '../traces/open-span.js';
import { isTelemetryAtWork, workBegins, workEnds } from './at-work.js';
import { enterContext } from './context-scope.js';
import { callWithin, isEntering } from './enter.js';
import { functionKind } from './function-kind.js';
import type { AnyFunction } from './function-kind.js';
import type { AnyPaths, Observed, Paths, Roots } from './observed.js';
import { Recording } from './recording.js';
import { settled } from './settle.js';
import { insideOf } from './site.js';
import { siteOf } from './sites.js';
import { recordSteps } from './steps.js';

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
  // One function from here to the body, for the sake of stack traces.
  const body = (fourth ?? third ?? second) as AnyFunction;
  const roots = (fourth === undefined ? (third === undefined ? undefined : second) : third) as
    Roots | undefined;
  const attributes = fourth === undefined ? undefined : (second as AnyPaths);
  const kind = functionKind(body);
  if (kind !== 'plain' && kind !== 'async')
    return recordSteps(
      Reflect.apply(body, undefined, none),
      kind,
      siteOf(observed, attributes),
      roots?.this,
      roots?.args,
    );
  const recording = beginCall(observed, attributes);
  if (recording === undefined) return Reflect.apply(body, undefined, none);
  recording.read(roots?.this, roots?.args);
  const { context } = recording;
  const scope = enterContext(context);
  let result: unknown;
  try {
    result =
      scope === undefined ? callWithin(context, body, undefined, none) : Reflect.apply(body, undefined, none);
  } catch (error) {
    scope?.dispose();
    recording.fail(error);
    throw error;
  }
  scope?.dispose();
  return settled(recording, result, kind === 'async');
}

const none: readonly unknown[] = [];

/** Begins to record one call. Nothing is looked up where nothing is recorded. */
export function beginCall(observed: object, attributes: AnyPaths | undefined): Recording | undefined {
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
