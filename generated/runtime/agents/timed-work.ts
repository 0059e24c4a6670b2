// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds } from '../host.js';

/** How work ended. */
export type Ending = { readonly value: unknown } | { readonly error: unknown };

/**
 * Does work and tells how it ended and after how many seconds: at once, or when its promise settles. What it returns or throws comes
 * through unchanged; what `ended` throws does not.
 */
export function timedWork<R>(work: () => R, ended: (ending: Ending, seconds: number) => void): R {
  const started = monotonicSeconds();
  const tell = (ending: Ending): void => {
    try {
      ended(ending, monotonicSeconds() - started);
    } catch {
      // Such as a getter of the result that throws.
    }
  };
  let result: R;
  try {
    result = work();
  } catch (error) {
    tell({ error });
    throw error;
  }
  if (!(result instanceof Promise)) {
    tell({ value: result });
    return result;
  }
  const told = (value: unknown): unknown => {
    tell({ value });
    return value;
  };
  if (Object.getPrototypeOf(result) !== Promise.prototype) {
    result.then(told, (error: unknown) => {
      tell({ error });
    });
    return result;
  }
  return result.then(told, (error: unknown) => {
    tell({ error });
    throw error;
  }) as R;
}
