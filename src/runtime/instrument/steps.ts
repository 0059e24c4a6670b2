import { enterContext } from './context-scope.js';
import { callWithin } from './enter.js';
import type { AnyFunction, FunctionKind } from './function-kind.js';
import type { Recording } from './recording.js';
import { promiseThen } from './settle.js';
import type { Site } from './site.js';

/**
 * Records a generator from the first value that is asked for to its last. It stays the object that it is: its steps run in the context of
 * the recording, what the caller does between two of them does not.
 */
export function recordSteps(
  generator: unknown,
  kind: FunctionKind,
  site: Site,
  self: unknown,
  args: readonly unknown[] | undefined,
): unknown {
  let recording: Recording | undefined;
  let isBegun = false;
  const own = (name: 'next' | 'return' | 'throw'): PropertyDescriptor => {
    const original = (generator as Readonly<Record<string, AnyFunction | undefined>>)[name];
    function step(this: unknown, ...values: readonly unknown[]): unknown {
      if (original === undefined) throw new TypeError(`a generator without ${name}`);
      if (!isBegun) {
        isBegun = true;
        // One that is ended before it has begun does nothing.
        if (name === 'next') recording = begun(site, self, args);
      }
      if (recording === undefined) return Reflect.apply(original, this, values);
      recording.stir();
      const { context } = recording;
      const scope = enterContext(context);
      let result: unknown;
      try {
        result =
          scope === undefined
            ? callWithin(context, original, this, values)
            : Reflect.apply(original, this, values);
      } catch (error) {
        scope?.dispose();
        recording.fail(error);
        throw error;
      }
      scope?.dispose();
      if (kind !== 'generator') return followed(recording, result);
      endIfDone(recording, result);
      return result;
    }
    Object.defineProperty(step, 'name', { value: name, configurable: true });
    return { value: step, configurable: true, writable: true, enumerable: false };
  };
  try {
    Object.defineProperties(generator as object, {
      next: own('next'),
      return: own('return'),
      throw: own('throw'),
    });
  } catch {
    // Something that is no generator.
  }
  return generator;
}

function begun(site: Site, self: unknown, args: readonly unknown[] | undefined): Recording | undefined {
  const recording = site.begin();
  if (recording === undefined) return undefined;
  recording.read(self, args);
  recording.lasts();
  return recording;
}

/** What a step of an asynchronous generator promises. */
function followed(recording: Recording, result: unknown): unknown {
  return Reflect.apply(promiseThen, result, [
    (step: unknown) => {
      endIfDone(recording, step);
      return step;
    },
    (error: unknown) => {
      recording.fail(error);
      throw error;
    },
  ]);
}

function endIfDone(recording: Recording, result: unknown): void {
  const { done, value } = result as IteratorResult<unknown, unknown>;
  if (done === true) recording.end(value);
}
