import { resolve } from 'node:path';
import type { Diagnostic, Outcome, Range } from '../diagnostics/diagnostic.js';
import { brokenParts, standIn } from './schema/broken.js';
import { type FileStore, diskFiles, memoryFiles, readFiles } from './layers/imports.js';
import type { LoadedSpec } from './loaded.js';
import { combineFiles } from './layers/merge.js';
import { withoutNulls } from './layers/nulls.js';
import { overPresets } from './layers/preset-layer.js';
import { repair } from './schema/repair.js';
import { repairLog } from './schema/repaired.js';
import { showsSecret } from './secrets.js';
import type { Spec } from './spec.js';
import { validate } from './schema/validate.js';
import { newerVersion } from './version.js';

/**
 * Reads a spec with its imports, lays it over its presets and checks it against the schema.
 * @param path the main file
 */
export function loadSpec(path: string): Outcome<LoadedSpec> {
  return load(diskFiles, resolve(path));
}

/**
 * The same for files in memory.
 * @param files texts by their paths, which use `/`
 * @param main the path of the main file
 */
export function loadSpecText(files: ReadonlyMap<string, string>, main: string): Outcome<LoadedSpec> {
  return load(memoryFiles(files), main);
}

/**
 * The same for files from anywhere: an editor's buffers, a revision of git.
 * @param main the identity of the main file in the store
 */
export function loadSpecFrom(store: FileStore, main: string): Outcome<LoadedSpec> {
  return load(store, main);
}

function load(store: FileStore, main: string): Outcome<LoadedSpec> {
  const read = readFiles(store, main);
  const [first, ...others] = read.files;
  if (first === undefined || first.source !== read.sources[0])
    return { value: undefined, diagnostics: read.diagnostics };
  const combined = combineFiles([first.root, ...others.map(({ root }) => root)]);
  const newer = newerVersion(combined.root);
  if (newer !== undefined) return { value: undefined, diagnostics: [...read.diagnostics, newer] };
  const layered = overPresets(combined.root);
  const bare = withoutNulls(layered.root);
  const log = repairLog();
  const broken = read.files.flatMap(brokenParts);
  const validation = validate(bare.root, log, broken.length === 0);
  const ofShape = [...layered.diagnostics, ...bare.diagnostics, ...validation.diagnostics];
  const ranges = broken.map(({ range }) => range);
  const diagnostics = [...withoutRepetition(read.diagnostics, ofShape, ranges), ...combined.diagnostics];
  const isWhole =
    !read.isIncomplete &&
    broken.every(({ entry }) => entry !== undefined && standIn(validation.plain, entry, log));
  if (!isWhole || !repair(validation.plain, log)) return { value: undefined, diagnostics };
  const spec = validation.plain as unknown as Spec;
  const files = [...read.sources, ...layered.sources];
  return { value: { spec, root: validation.root, repaired: log.entries, files }, diagnostics };
}

const overlaps = (a: Range | undefined, b: Range | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.source === b.source &&
  a.start <= b.end &&
  b.start <= a.end &&
  (a.start < b.end || a.start === b.start);

/**
 * One finding for one fault: the schema has nothing to add where the YAML is faulty or a secret stands, and a word that readers of YAML
 * take for different things is no trap where it is an error anyway.
 */
function withoutRepetition(
  ofYaml: readonly Diagnostic[],
  ofShape: readonly Diagnostic[],
  broken: readonly Range[],
): Diagnostic[] {
  const errors = ofYaml.filter(({ severity }) => severity === 'error').map(({ range }) => range);
  const places = [...errors, ...broken];
  const shape = ofShape.filter(
    ({ range }) => !places.some((place) => overlaps(place, range)) && !showsSecret(range),
  );
  const warnings = new Set(ofYaml.filter(({ severity }) => severity === 'warning'));
  const yaml = ofYaml.filter(
    (each) =>
      !warnings.has(each) ||
      !shape.some(({ range, severity }) => severity === 'error' && overlaps(range, each.range)),
  );
  return [...yaml, ...shape];
}
