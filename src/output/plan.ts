import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { diagnostic, fail } from '../diagnostics/create.js';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.js';
import type { OutputFile } from '../emit/emitter.js';
import { packageVersion } from '../package-root.js';
import { diskReader, type DiskReader, type OnDisk } from './disk.js';
import { forceOf } from './force.js';
import { sha256 } from './hash.js';
import { errnoOf, ioFailure, PathError, touching } from './io-failure.js';
import { emptyManifest, knownHashes, parseManifest, printManifest, type Manifest } from './manifest.js';
import { byCodeUnits } from './order.js';
import { manifestPath, pathFaults, shownPath, workFolder } from './paths.js';

export type FileAction = 'create' | 'update' | 'same' | 'remove' | 'conflict';

/** What is to happen to one file, the manifest among them; hashes are of the whole content, absent where there is no file. */
export interface PlannedFile {
  /** Relative to the output directory, with `/`. */
  readonly path: string;
  readonly action: FileAction;
  /** What stood there when the plan was made; `apply` writes nothing where this is no longer so. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Absent where the file is removed. */
  readonly content: string | undefined;
}

/** What a build would do to the disk. Making one only reads. */
export interface WritePlan {
  /** The output directory as the user wrote it, for messages. */
  readonly outDir: string;
  /** The same, absolute, links resolved as far as it exists. */
  readonly root: string;
  /** Sorted by path; the manifest is one of them, unless there is nothing to say and never was. */
  readonly entries: readonly PlannedFile[];
  /** The manifest that was read, and the one that a finished build leaves. */
  readonly known: Manifest;
  readonly target: Manifest;
  /** Why it may not be applied: empty, or one error for each file in the way. */
  readonly conflicts: readonly Diagnostic[];
  /** Whether a build that was killed, or one that is at work, has left its temporary files. */
  readonly leftovers: boolean;
}

export interface PlanOptions {
  /** Paths whose hand-made changes are given up, counted from the working directory or from the output directory. */
  readonly force?: readonly string[];
}

/**
 * Compares what is to be written with what is on disk. The plan is there with conflicts in it too (they are its diagnostics), so that it can
 * be shown; no plan means that a path is unsafe or the disk cannot be read.
 * @param files what the emitters made, in any order
 * @param outDir the output directory; it need not exist
 */
export function planOutput(
  files: readonly OutputFile[],
  outDir: string,
  options: PlanOptions = {},
): Outcome<WritePlan> {
  const [fault, ...faults] = pathFaults(files.map((file) => file.path));
  if (fault !== undefined) return fail([fault, ...faults]);
  try {
    return plan(files, outDir, options.force ?? []);
  } catch (error) {
    if (error instanceof PathError) return fail([ioFailure(error)]);
    throw error;
  }
}

function plan(files: readonly OutputFile[], outDir: string, forced: readonly string[]): Outcome<WritePlan> {
  const root = outputRoot(outDir);
  const disk = diskReader(root, outDir);
  const conflicts: Diagnostic[] = [];
  const warnings: Diagnostic[] = [];
  const manifest = readManifest(disk, outDir, conflicts, warnings);
  const known = manifest.files;
  const knownAt = knownHashes(known);
  const force = forceOf(forced, outDir);
  const entries: PlannedFile[] = [];

  for (const file of files) {
    const found = disk.read(file.path);
    const after = sha256(file.content);
    const before = found.kind === 'file' ? found.hash : undefined;
    let action: FileAction = before === undefined ? 'create' : before === after ? 'same' : 'update';
    if (found.kind === 'foreign') {
      action = 'conflict';
      // A directory that is a link stands in the way of each file in it, and is said once.
      if (!conflicts.some((each) => each.message === foreign(found, outDir).message))
        conflicts.push(foreign(found, outDir));
    } else if (
      found.kind === 'file' &&
      action === 'update' &&
      !knownAt(file.path).has(found.hash) &&
      !force.has(file.path)
    ) {
      action = 'conflict';
      conflicts.push(conflict(file.path, outDir, known.has(file.path)));
    }
    entries.push({ path: file.path, action, before, after, content: file.content });
  }

  const made = new Set(files.map((file) => file.path));
  for (const [path, hashes] of known) {
    if (made.has(path)) continue;
    const found = disk.read(path);
    if (found.kind === 'file' && (hashes.includes(found.hash) || force.has(path))) {
      entries.push({ path, action: 'remove', before: found.hash, after: undefined, content: undefined });
    } else if (found.kind !== 'absent') {
      // Edited, and wanted by no emitter: the file is the user's from now on. It leaves the manifest, which so holds exactly what a
      // build in an empty directory would list; a warning at each build would be noise about a file that was kept on purpose.
      warnings.push(kept(path, outDir));
    }
  }

  const target: Manifest = new Map(
    entries.flatMap((each) => (each.after === undefined ? [] : [[each.path, [each.after]]])),
  );
  const own = planManifest(manifest.found, target);
  if (own !== undefined) entries.push(own);
  entries.sort((a, b) => byCodeUnits(a.path, b.path));
  warnings.push(...force.unused([...made, ...known.keys()]));
  const leftovers = hasLeftovers(root, outDir);
  return {
    value: { outDir, root, entries, known, target, conflicts, leftovers },
    diagnostics: [...conflicts, ...warnings],
  };
}

/** The manifest is a file like the others, except that it is always ours. */
function planManifest(found: OnDisk, target: Manifest): PlannedFile | undefined {
  const before = found.kind === 'file' ? found.hash : undefined;
  if (target.size === 0) {
    if (before === undefined) return undefined;
    return { path: manifestPath, action: 'remove', before, after: undefined, content: undefined };
  }
  const content = printManifest(target, packageVersion());
  const after = sha256(content);
  const action =
    found.kind === 'foreign'
      ? 'conflict'
      : before === undefined
        ? 'create'
        : before === after
          ? 'same'
          : 'update';
  return { path: manifestPath, action, before, after, content };
}

function readManifest(
  disk: DiskReader,
  outDir: string,
  conflicts: Diagnostic[],
  warnings: Diagnostic[],
): { readonly found: OnDisk; readonly files: Manifest } {
  const found = disk.read(manifestPath);
  if (found.kind === 'foreign') conflicts.push(foreign(found, outDir));
  const files = found.kind === 'file' ? parseManifest(found.bytes.toString('utf8')) : emptyManifest;
  if (files === undefined) {
    warnings.push(
      diagnostic('OBS4109', {
        message: `\`${shownPath(outDir, manifestPath)}\` is no manifest, so obs-gen cannot know its own files`,
        range: undefined,
        help: 'restore it from version control, or remove the output directory and build again',
      }),
    );
  }
  return { found, files: files ?? emptyManifest };
}

/** The output directory itself may be a link: that is the user's choice. Nothing below it may. */
function outputRoot(outDir: string): string {
  const absolute = resolve(outDir);
  return touching(outDir, () => {
    try {
      const stats = statSync(absolute, { throwIfNoEntry: false });
      if (stats === undefined) return absolute;
      // Reading it as a directory is what gives the error a name (ENOTDIR) and proves that it can be read.
      readdirSync(absolute);
      return realpathSync(absolute);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return absolute;
      throw error;
    }
  });
}

function hasLeftovers(root: string, outDir: string): boolean {
  const path = join(root, workFolder);
  return (
    touching(shownPath(outDir, workFolder), () => lstatSync(path, { throwIfNoEntry: false })) !== undefined
  );
}

function conflict(path: string, outDir: string, listed: boolean): Diagnostic {
  const shown = shownPath(outDir, path);
  return diagnostic('OBS4101', {
    message: listed
      ? `\`${shown}\` was changed after obs-gen wrote it`
      : `\`${shown}\` exists already, and obs-gen did not write it`,
    range: undefined,
    help: `move what was changed into the spec or the file elsewhere, or give it up with --force ${shown}`,
  });
}

/** Whatever is no plain file stays as it is, forced or not. */
export function foreign(found: { readonly at: string; readonly what: string }, outDir: string): Diagnostic {
  return diagnostic('OBS4106', {
    message: `\`${shownPath(outDir, found.at)}\` is ${found.what}, and obs-gen writes only to plain files in plain directories`,
    range: undefined,
    help: 'remove it, or choose another directory with --out',
  });
}

function kept(path: string, outDir: string): Diagnostic {
  const shown = shownPath(outDir, path);
  return diagnostic('OBS4108', {
    message: `\`${shown}\` is no longer generated but was changed by hand, so it stays`,
    range: undefined,
    // After a build --force no longer knows the file, so it would be no way out.
    help: 'it is yours now: keep it, or remove it',
  });
}
