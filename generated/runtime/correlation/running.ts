// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context } from '@opentelemetry/api';
import type { Context } from '@opentelemetry/api';
import { currentScope, runInScope } from './scope.js';
import type { Scope } from './scope.js';

/** Runs work in a place: what it returns or throws comes through. */
export type Place = <R>(run: () => R) => R;

/** Runs work in a context of OpenTelemetry and a scope. A context manager that fails does not keep it from being run. */
export function runIn<R>(where: Context, scope: Scope | undefined, run: () => R): R {
  const progress = { entered: false };
  const enter = (): R => {
    progress.entered = true;
    return run();
  };
  return runInScope(scope, () => {
    try {
      return context.with(where, enter);
    } catch (error) {
      if (progress.entered) throw error;
      return run();
    }
  });
}

/** The place that the caller is in, to go back to later. */
export function here(): Place {
  const where = context.active();
  const scope = currentScope();
  return (run) => runIn(where, scope, run);
}
