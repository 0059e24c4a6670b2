// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Context } from '@opentelemetry/api';
import { callWith } from './api-globals.js';

/** What a context manager is about to call; between two lines of this file alone, so that no function is made for each call. */
let pendingRun: ((span: never) => unknown) | undefined;
let pendingSpan: unknown;

/**
 * Calls a function with a span, in a context. A context manager that fails before it calls does not keep the work from being done; what
 * the function itself throws comes through.
 */
export function callIn<S, R>(within: Context, span: S, run: (span: S) => R): R {
  pendingRun = run;
  pendingSpan = span;
  try {
    return callWith(within, enter) as R;
  } catch (error) {
    if (pendingSpan !== span) throw error;
    pendingSpan = undefined;
    return run(span);
  }
}

function enter(): unknown {
  const run = pendingRun;
  const span = pendingSpan;
  pendingRun = undefined;
  pendingSpan = undefined;
  return run?.(span as never);
}
