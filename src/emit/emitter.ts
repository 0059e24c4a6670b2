import type { Model } from '../model/model.js';

/** A file to be written; `path` is relative to the output directory, with `/`, and never leaves it. */
export interface OutputFile {
  readonly path: string;
  /** LF line ends, one at the end. */
  readonly content: string;
}

/**
 * Turns the model into files. Pure: no disk, no clock, no environment, no randomness, nothing in the order of a locale; a file
 * without anything to say is not returned.
 */
export interface Emitter {
  /** Kebab-case; also the name of its folder under test/cases. */
  readonly id: string;
  readonly title: string;
  files(model: Model): readonly OutputFile[];
}

/** Gives an emitter its type; what `src/emit/index.ts` lists. */
export function defineEmitter(emitter: Emitter): Emitter {
  return Object.freeze(emitter);
}
