import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { ListedFile } from '../find/list-files.js';

/** Configuration that decides what a file becomes: modules or CommonJS, path aliases, decorators. */
const configurations = ['package.json', 'tsconfig.json', 'jsconfig.json'];
/** `"extends": "..."`, `"extends": [...]`, and the `path` of a reference. */
const leads = /"(?:extends|path)"\s*:\s*(\[[^\]]*\]|"[^"]*")/g;
/** A chain of files that extend each other is short; what is longer is a circle. */
const maximumConfigurations = 10_000;

/** A hash of all configuration that the files' plans may depend on: what stands in their folders and above, with what it extends. */
export function environmentHash(root: string, files: readonly ListedFile[]): string {
  const seen = new Map<string, string | undefined>();
  for (const folder of foldersOf(root, files))
    for (const name of configurations) readConfiguration(join(folder, name), seen);
  const hash = createHash('sha256');
  for (const path of [...seen.keys()].sort()) {
    const text = seen.get(path);
    if (text !== undefined) hash.update(JSON.stringify([path, text]));
  }
  return hash.digest('hex');
}

function foldersOf(root: string, files: readonly ListedFile[]): ReadonlySet<string> {
  const folders = new Set<string>();
  const add = (folder: string): void => {
    for (let each = folder; !folders.has(each); each = dirname(each)) folders.add(each);
  };
  add(root);
  let latest = '';
  for (const { absolute } of files) {
    const folder = dirname(absolute);
    // Sorted by their paths, so that files of one folder mostly follow each other.
    if (folder !== latest) add(folder);
    latest = folder;
  }
  return folders;
}

function readConfiguration(path: string, seen: Map<string, string | undefined>): void {
  if (seen.has(path) || seen.size > maximumConfigurations) return;
  const text = textOf(path);
  seen.set(path, text);
  if (text === undefined || path.endsWith('package.json')) return;
  for (const [, value = ''] of text.matchAll(leads))
    for (const [, target = ''] of value.matchAll(/"([^"]*)"/g))
      for (const place of placesOf(target, dirname(path))) readConfiguration(place, seen);
}

/** Where a configuration may stand that another one names: too many are looked at rather than one too few. */
function placesOf(target: string, folder: string): readonly string[] {
  if (target.startsWith('.') || isAbsolute(target))
    return variants(join(isAbsolute(target) ? '' : folder, target));
  const places: string[] = [];
  for (let each = folder; ; each = dirname(each)) {
    places.push(...variants(join(each, 'node_modules', target)));
    if (each === dirname(each)) return places;
  }
}

function variants(path: string): readonly string[] {
  return path.endsWith('.json')
    ? [path]
    : [`${path}.json`, join(path, 'tsconfig.json'), join(path, 'package.json')];
}

function textOf(path: string): string | undefined {
  try {
    // Asked first, since that costs less than a failure where there is nothing, and mostly there is.
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true
      ? readFileSync(path, 'utf8')
      : undefined;
  } catch {
    return undefined;
  }
}
