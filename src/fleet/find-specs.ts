import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { globMatcher } from '../instrument/find/globs.js';

/** Folders in which nobody's own specs lie. */
const passedOver: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'generated']);

/** Whether a word names files by a pattern. */
export function isPattern(word: string): boolean {
  return /[*?{]/.test(word);
}

/** The part of a pattern before its first part that is one. */
function fixedPart(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(isPattern);
  const fixed = parts.slice(0, first).join('/');
  return fixed === '' && pattern.startsWith('/') ? '/' : fixed;
}

function* filesBelow(folder: string, depth: number): Generator<string> {
  let found;
  try {
    found = readdirSync(folder === '' ? '.' : folder, { withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of found) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth > 0 && !entry.name.startsWith('.') && !passedOver.has(entry.name))
        yield* filesBelow(path, depth - 1);
    } else yield path;
  }
}

/** Levels below the fixed part of a pattern. */
const deepest = 12;

/**
 * The specs that some words name: a path stands for itself, a pattern (`services/*\/observability.yaml`, `**`, `{a,b}`) for the files that
 * fit it, in the order of their paths. Folders of packages, of output and those that begin with a dot are not looked into.
 * @returns each path once, and the patterns that nothing fits
 */
export function findSpecs(words: readonly string[]): {
  readonly paths: readonly string[];
  readonly idle: readonly string[];
} {
  const paths = new Set<string>();
  const idle: string[] = [];
  for (const word of words) {
    if (!isPattern(word)) {
      paths.add(word.replace(/^(?:\.\/)+(?=.)/, ''));
      continue;
    }
    const pattern = word.replace(/^(?:\.\/)+/, '');
    const fits = globMatcher([pattern]);
    const depth = pattern.includes('**') ? deepest : pattern.split('/').length;
    const found = [...filesBelow(fixedPart(pattern), depth)].filter(
      (path) => /\.ya?ml$/.test(path) && fits(path.replace(/^\/+/, '')),
    );
    if (found.length === 0) idle.push(word);
    for (const path of found.sort()) paths.add(path);
  }
  return { paths: [...paths], idle };
}
