import { mkdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { diagnostic, fail, succeed } from '../diagnostics/create.js';
import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.js';
import { packageVersion } from '../package-root.js';
import { deferSignals } from './defer-signals.js';
import { diskReader } from './disk.js';
import { closeFolder, openRoot, type Folder } from './folder.js';
import { sha256 } from './hash.js';
import { ioFailure, PathError, touching } from './io-failure.js';
import { acquireLock, type Lock } from './lock.js';
import { pendingManifest, printManifest } from './manifest.js';
import { manifestPath, shownPath, workFolder } from './paths.js';
import { foreign, type PlannedFile, type WritePlan } from './plan.js';
import { removeLeftovers, writeChange, type Change } from './write-change.js';

/** What a build did to the disk; paths are relative to the output directory, the manifest among them. */
export interface WriteReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  /** How many files were as they should be and were not touched. */
  readonly unchanged: number;
}

export interface ApplyOptions {
  /** How long to wait for another build that holds the output directory, in milliseconds. */
  readonly waitMs?: number;
}

/**
 * Carries out a plan, whole or not at all: where a conflict stands in it, where the disk is no longer as the plan saw it, where another build
 * holds the directory, and where the system refuses in time, nothing is changed. A plan without changes touches nothing.
 */
export async function applyPlan(plan: WritePlan, options: ApplyOptions = {}): Promise<Outcome<WriteReport>> {
  const [conflict, ...conflicts] = plan.conflicts;
  if (conflict !== undefined) return fail([conflict, ...conflicts]);
  const changes = plan.entries.some((entry) => entry.action !== 'same');
  if (!changes && !plan.leftovers) return succeed(report(plan, new Set()));
  // To wait for a build that is at work, only to tidy up after it, would be of no use.
  const waitMs = changes ? (options.waitMs ?? 2000) : 0;
  return deferSignals(async (interrupted) => {
    try {
      return await withRoot(plan, (root) => applyIn(root, plan, changes, waitMs, interrupted));
    } catch (error) {
      if (error instanceof PathError) return fail([refusal(plan, error)]);
      throw error;
    }
  });
}

async function applyIn(
  root: Folder,
  plan: WritePlan,
  changes: boolean,
  waitMs: number,
  interrupted: () => boolean,
): Promise<Outcome<WriteReport>> {
  const lock = await acquireLock(root, shownPath(plan.outDir, workFolder), waitMs, interrupted);
  if (lock === undefined) return changes ? fail([atWork(plan)]) : succeed(report(plan, new Set()));
  try {
    if (changes) return writePlanned(root, lock, plan);
    removeLeftovers(lock);
    return succeed(report(plan, new Set()));
  } finally {
    lock.release();
  }
}

function writePlanned(root: Folder, lock: Lock, plan: WritePlan): Outcome<WriteReport> {
  const now = look(root, plan);
  if (now.stale !== undefined) return fail(now.stale);
  const open = plan.entries.filter((entry) => now.hashes.get(entry.path) !== entry.after);
  const touched = new Set(open.map((entry) => entry.path));
  let stale: Stale | undefined;
  const written =
    open.length === 0 ||
    writeChange(root, lock, plan.outDir, changeOf(plan, open, now.hashes.get(manifestPath)), () => {
      stale = look(root, plan).stale;
      return stale === undefined;
    });
  return written || stale === undefined ? succeed(report(plan, touched)) : fail(stale);
}

function changeOf(plan: WritePlan, open: readonly PlannedFile[], manifestNow: string | undefined): Change {
  const pending = printManifest(pendingManifest(plan.known, plan.target), packageVersion());
  const final = plan.entries.find((entry) => entry.path === manifestPath)?.content;
  const files = open.filter((entry) => entry.path !== manifestPath);
  return {
    pending: sha256(pending) === manifestNow ? undefined : pending,
    files: files.flatMap(({ path, content }) => (content === undefined ? [] : [{ path, content }])),
    removals: files.flatMap(({ path, content }) => (content === undefined ? [path] : [])),
    manifest: final === pending ? undefined : { content: final },
  };
}

type Stale = readonly [Diagnostic, ...Diagnostic[]];

/** Whether each file is still as the plan saw it, or already as the plan wants it, which another build of the same spec may have seen to. */
function look(
  root: Folder,
  plan: WritePlan,
): { readonly hashes: ReadonlyMap<string, string | undefined>; readonly stale: Stale | undefined } {
  const disk = diskReader(root.at, plan.outDir);
  const hashes = new Map<string, string | undefined>();
  const stale: Diagnostic[] = [];
  for (const { path, before, after } of plan.entries) {
    const found = disk.read(path);
    const hash = found.kind === 'file' ? found.hash : undefined;
    hashes.set(path, hash);
    if (found.kind === 'foreign') stale.push(foreign(found, plan.outDir));
    else if (hash === before || hash === after) continue;
    // Only a build writes the manifest, so what else has changed is that build's work too.
    else if (path === manifestPath) return { hashes, stale: [atWork(plan)] };
    else stale.push(changedSince(path, plan));
  }
  const [first, ...rest] = stale;
  return { hashes, stale: first === undefined ? undefined : [first, ...rest] };
}

/** Makes and opens the output directory; one that was made for nothing goes again. */
async function withRoot<T>(plan: WritePlan, use: (root: Folder) => Promise<T>): Promise<T> {
  const made = touching(plan.outDir, () => mkdirSync(plan.root, { recursive: true }));
  try {
    const root = openRoot(plan.root, plan.outDir);
    try {
      return await use(root);
    } finally {
      closeFolder(root);
    }
  } finally {
    if (made !== undefined) removeEmpty(plan.root, made);
  }
}

/** Removes empty folders from `path` up to `top`; stops at the first that holds something. */
function removeEmpty(path: string, top: string): void {
  try {
    for (let folder = path; folder.length >= top.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // It holds something, so it was not made for nothing.
  }
}

function report(plan: WritePlan, touched: ReadonlySet<string>): WriteReport {
  const done = plan.entries.filter((entry) => touched.has(entry.path));
  return {
    written: done.filter((entry) => entry.after !== undefined).map((entry) => entry.path),
    removed: done.filter((entry) => entry.after === undefined).map((entry) => entry.path),
    unchanged: plan.entries.length - done.length,
  };
}

/** A link that appeared while we wrote makes the system refuse too; then the link is what to tell. */
function refusal(plan: WritePlan, error: PathError): Diagnostic {
  if (error.errno === 'ELOOP' || error.errno === 'ENOTDIR') {
    const disk = diskReader(plan.root, plan.outDir);
    for (const path of [...plan.entries.map((entry) => entry.path), workFolder + '/lock']) {
      const found = disk.read(path);
      if (found.kind === 'foreign') return foreign(found, plan.outDir);
    }
  }
  return ioFailure(error);
}

function atWork(plan: WritePlan): Diagnostic {
  return diagnostic('OBS4105', {
    message: `another build is writing to \`${plan.outDir}\`, or has just done so`,
    range: undefined,
    help: 'run the build again once it has ended',
  });
}

function changedSince(path: string, plan: WritePlan): Diagnostic {
  return diagnostic('OBS4103', {
    message: `\`${shownPath(plan.outDir, path)}\` was changed while the build was running, so nothing was written`,
    range: undefined,
    help: 'run the build again',
  });
}
