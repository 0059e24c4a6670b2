import { enterContext } from './context-scope.js';
import type { AnyPaths, Observed, Paths, Roots } from './observed.js';
import { siteOf } from './sites.js';

/** The recording of a constructor, which cannot be called by anything but `new`. */
export interface Construction {
  /** Tells what was thrown, and returns it. */
  failed(error: unknown): unknown;
  /** Ends the recording; what has failed has ended. */
  end(): void;
}

/**
 * Records a constructor whose statements stand between this and `end`, which has to be called. They run in the span's context where the
 * context manager can enter one without a call.
 */
export function traceConstruction<A, O extends string, C, T, F>(
  observed: Observed<A, O, C, T, F>,
  roots?: Roots,
): Construction;
export function traceConstruction<A, O extends string, C, T, F>(
  observed: Observed<A, O, C, T, F>,
  attributes: Paths<NoInfer<A>>,
  roots: Roots,
): Construction;
export function traceConstruction(observed: object, second?: unknown, third?: unknown): Construction {
  const attributes = third === undefined ? undefined : (second as AnyPaths);
  const roots = (third ?? second) as Roots | undefined;
  const recording = siteOf(observed, attributes).begin();
  recording?.read(roots?.this, roots?.args);
  const scope = enterContext(recording?.context);
  return {
    failed(error) {
      recording?.fail(error);
      return error;
    },
    end() {
      scope?.dispose();
      recording?.end(roots?.this);
    },
  };
}
