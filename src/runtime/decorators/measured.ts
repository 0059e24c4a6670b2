import { monotonicSeconds } from '../host.js';
import { follow } from './follow.js';
import { methodDecorator } from './method-decorator.js';
import type { AnyMethod, MethodDecorator } from './method-decorator.js';

/** Labels of a metric: the same for each call, or worked out from its arguments. */
export type LabelsOf<L> = L | ((...args: never[]) => L);

interface PlainHistogram {
  observe(value: number): void;
}

interface LabelledHistogramLike<L> {
  observe(labels: L, value: number): void;
}

interface PlainCounter {
  inc(): void;
}

interface LabelledCounterLike<L> {
  inc(labels: L): void;
}

/** Records the seconds of each call, until what it returns has settled: `@timed(metrics.searchSeconds)`. */
export function timed(histogram: PlainHistogram): MethodDecorator;
export function timed<L extends object>(
  histogram: LabelledHistogramLike<L>,
  labels: LabelsOf<L>,
): MethodDecorator;
export function timed(histogram: unknown, labels?: unknown): MethodDecorator {
  return around((seconds, given) => {
    if (labels === undefined) (histogram as PlainHistogram).observe(seconds);
    else (histogram as LabelledHistogramLike<unknown>).observe(given, seconds);
  }, labels);
}

/** Counts each call, when it has ended: `@counted(metrics.searchesTotal)`. */
export function counted(counter: PlainCounter): MethodDecorator;
export function counted<L extends object>(
  counter: LabelledCounterLike<L>,
  labels: LabelsOf<L>,
): MethodDecorator;
export function counted(counter: unknown, labels?: unknown): MethodDecorator {
  return around((_seconds, given) => {
    if (labels === undefined) (counter as PlainCounter).inc();
    else (counter as LabelledCounterLike<unknown>).inc(given);
  }, labels);
}

/** Reports what a call throws, and throws it on: `@reported(errors)`. */
export function reported(errors: { capture(error: unknown): void }): MethodDecorator {
  return methodDecorator((method) => {
    const failed = (error: unknown): void => {
      quietly(() => {
        errors.capture(error);
      });
    };
    return followed(method, () => ({ ended: nothing, failed }));
  });
}

function around(record: (seconds: number, labels: unknown) => void, labels: unknown): MethodDecorator {
  return methodDecorator((method) =>
    followed(method, (self, args) => {
      const started = monotonicSeconds();
      const done = (): void => {
        quietly(() => {
          const given: unknown = typeof labels === 'function' ? Reflect.apply(labels, self, args) : labels;
          record(monotonicSeconds() - started, given);
        });
      };
      return { ended: done, failed: done };
    }),
  );
}

type Begin = (
  self: unknown,
  args: readonly unknown[],
) => { readonly ended: () => void; readonly failed: (error: unknown) => void };

/** A method that tells of the end of each call. */
function followed(method: AnyMethod, begin: Begin): AnyMethod {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on whatever it is put on
  const { decorated } = {
    decorated(this: unknown, ...args: readonly unknown[]): unknown {
      const end = begin(this, args);
      let result: unknown;
      try {
        result = Reflect.apply(method, this, args);
      } catch (error) {
        end.failed(error);
        throw error;
      }
      return follow(result, end);
    },
  };
  return decorated;
}

/** Telemetry that fails does not fail the program. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Such as a label that is read from an argument which is not there.
  }
}

function nothing(): void {
  // Only errors are reported.
}
