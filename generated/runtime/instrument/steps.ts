// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { contextManager } from '../traces/api-globals.js';
import type { FunctionKind } from './function-kind.js';
import type { Recording } from './recording.js';
import { promiseThen } from './settle.js';
import type { Site } from './site.js';

type Step = (this: unknown, ...values: readonly unknown[]) => unknown;

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
    const original = (generator as Readonly<Record<string, Step | undefined>>)[name];
    function step(this: unknown, ...values: readonly unknown[]): unknown {
      if (original === undefined) throw new TypeError(`a generator without ${name}`);
      if (!isBegun) {
        isBegun = true;
        // One that is ended before it has begun does nothing.
        if (name === 'next') recording = begun(site, self, args);
      }
      if (recording === undefined) return Reflect.apply(original, this, values);
      return kind === 'generator'
        ? syncStep(recording, () => Reflect.apply(original, this, values))
        : asyncStep(recording, () => Reflect.apply(original, this, values));
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

function syncStep(recording: Recording, step: () => unknown): unknown {
  recording.stir();
  let result: unknown;
  try {
    result = within(recording, step);
  } catch (error) {
    recording.fail(error);
    throw error;
  }
  endIfDone(recording, result);
  return result;
}

function asyncStep(recording: Recording, step: () => unknown): unknown {
  recording.stir();
  return Reflect.apply(promiseThen, within(recording, step), [
    (result: unknown) => {
      endIfDone(recording, result);
      return result;
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

function within(recording: Recording, step: () => unknown): unknown {
  const { context } = recording;
  if (context === undefined) return step();
  const progress = { isEntered: false };
  try {
    return contextManager().with(context, () => {
      progress.isEntered = true;
      return step();
    });
  } catch (error) {
    if (progress.isEntered) throw error;
    return step();
  }
}
