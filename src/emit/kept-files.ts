import { fingerprint } from '../model/fingerprint.js';
import type { OutputFile } from './emitter.js';

/** The latest files of emitters and what they were made of; absent while nobody asked to keep them. */
let kept: Map<string, { readonly key: string; readonly files: readonly OutputFile[] }> | undefined;

/** From now on files are kept: for a process that compiles one spec again and again. */
export function keepFiles(): void {
  kept ??= new Map();
}

/** Files are made anew again. */
export function forgetFiles(): void {
  kept = undefined;
}

/**
 * The files of an emitter: those of the last time, where all that they are made of says the same.
 * @param parts every part of the model that the emitter reads
 */
export function filesFor(
  id: string,
  parts: object,
  make: () => readonly OutputFile[],
): readonly OutputFile[] {
  if (kept === undefined) return make();
  const key = fingerprint(parts);
  const known = kept.get(id);
  if (known?.key === key) return known.files;
  const files = make();
  kept.set(id, { key, files });
  return files;
}
