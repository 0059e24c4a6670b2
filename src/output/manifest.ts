import { byCodeUnits } from './order.js';
import { foldPath, pathFault } from './paths.js';

/**
 * Which files are ours, and how we know them again: for each path the SHA-256 of every content that may stand there as our work.
 * That is one hash at rest, and the old ones with the new one while a build writes: killed at any point, each file holds
 * one of them. A pair of old and new is not enough, since the build that follows a killed one may be killed too.
 */
export type Manifest = ReadonlyMap<string, readonly string[]>;

export const emptyManifest: Manifest = new Map();

/** The manifest's text; the same for the same content, whatever the order of the map. One line a file, so that a diff can be read. */
export function printManifest(files: Manifest, version: string): string {
  const lines = [...files]
    .sort(([a], [b]) => byCodeUnits(a, b))
    .map(
      ([path, hashes]) =>
        `    ${JSON.stringify(path)}: ${JSON.stringify([...new Set(hashes)].sort(byCodeUnits))}`,
    );
  const body = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  return `{\n  "generator": "obs-gen",\n  "version": ${JSON.stringify(version)},\n  "files": ${body}\n}\n`;
}

/**
 * Reads a manifest; undefined where the text is none. Strict, since its paths are removed from the disk: one that could lead out of the
 * output directory makes the whole manifest worthless.
 */
export function parseManifest(text: string): Manifest | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed) || parsed['generator'] !== 'obs-gen' || !isRecord(parsed['files'])) return undefined;
  const files = new Map<string, readonly string[]>();
  for (const [path, hashes] of Object.entries(parsed['files'])) {
    if (pathFault(path) !== undefined || /^\.obs-gen/i.test(path)) return undefined;
    if (!Array.isArray(hashes) || hashes.length === 0 || !hashes.every(isHash)) return undefined;
    files.set(path, hashes);
  }
  return files;
}

/** What a build lists before it touches a file: all that is known, and all that will be. */
export function pendingManifest(known: Manifest, target: Manifest): Manifest {
  const pending = new Map(known);
  for (const [path, hashes] of target) pending.set(path, [...(known.get(path) ?? []), ...hashes]);
  return pending;
}

/** Looks up known hashes regardless of case, as a file system may: `Queue.md` may be the `queue.md` that we wrote. */
export function knownHashes(manifest: Manifest): (path: string) => ReadonlySet<string> {
  const byFold = new Map<string, Set<string>>();
  for (const [path, hashes] of manifest) {
    const fold = foldPath(path);
    const known = byFold.get(fold) ?? new Set();
    for (const hash of hashes) known.add(hash);
    byFold.set(fold, known);
  }
  return (path) => byFold.get(foldPath(path)) ?? new Set();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
