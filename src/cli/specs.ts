import type { Argv } from 'yargs';
import { findSpecs, isPattern } from '../fleet/find-specs.js';
import { specOption } from './options.js';
import { requireSpec } from './spec-file.js';
import { UsageError } from './usage-error.js';

/** `--spec` as it was given: once, or several times. */
export type SpecWords = string | readonly string[];

function wordsOf(spec: SpecWords): readonly string[] {
  return typeof spec === 'string' ? [spec] : spec;
}

/** Whether more than one spec may be meant: one path goes the way of one service. */
export function namesSeveral(spec: SpecWords): boolean {
  const words = wordsOf(spec);
  return words.length > 1 || words.some(isPattern);
}

/**
 * The specs that `--spec` names: paths and patterns, each file once.
 * @throws UsageError where one is missing, or a pattern fits nothing
 */
export function specPaths(spec: SpecWords): readonly string[] {
  const { paths, idle } = findSpecs(wordsOf(spec));
  const [first] = idle;
  if (first !== undefined)
    throw new UsageError(`no file fits ${first}`, [
      'patterns are of files: `services/*/observability.yaml`, `**/observability.yaml`',
      'folders of packages, of output and those that begin with a dot are not looked into',
    ]);
  for (const path of paths) requireSpec(path);
  return paths;
}

/** Adds a `--spec` that may be given several times and may be a pattern. */
export function specsOption<T>(yargs: Argv<T>): Argv<T & { readonly spec: SpecWords }> {
  return specOption(yargs, true);
}
