import { createHash, randomBytes } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeFolder, makeFolder, openFolder, type Folder } from './folder.js';
import { errnoOf, PathError, touching } from './io-failure.js';
import { workFolder } from './paths.js';
import { startOf } from './process-identity.js';

/** The right to write to an output directory, and the open folder for temporary files that comes with it. */
export interface Lock {
  readonly work: Folder;
  /** Begins the name of each temporary file of this build; nobody else's begins so. */
  readonly nonce: string;
  /** Gives the right back; the work folder goes where nobody else waits. Never throws. */
  release(): void;
}

interface Holder {
  readonly pid: number;
  readonly start: string;
  readonly host: string;
}

/** A lock of another machine can't be checked for life; a build takes seconds. */
const foreignHostLifetime = 10 * 60_000;
/** Locks of this process that it could not remove when it gave them back: it lives on, but they hold nothing. */
const abandoned = new Set<string>();
const lockName = /^lock\.(\d+)\.([0-9A-Za-z]+)\.([0-9a-f]{8})\.[0-9a-f]{16}$/;

/**
 * Locks an output directory among all builds. Each build puts down a file whose name alone says who it is, so that no lock is ever half written, and
 * then looks for others. A dead build's file is removed by anyone: its name is of that build alone, so a live one's can't be hit, which is what
 * goes wrong where locks share one name. Of two that wait, the one with the greater name steps back.
 * @param waitMs how long to wait for a live holder
 * @returns undefined where another live process kept the lock
 */
export async function acquireLock(
  root: Folder,
  shown: string,
  waitMs: number,
  interrupted: () => boolean,
): Promise<Lock | undefined> {
  const nonce = randomBytes(8).toString('hex');
  const own = `lock.${process.pid}.${startOf(process.pid) ?? '0'}.${thisHost()}.${nonce}`;
  const deadline = performance.now() + waitMs;
  let vanished = 0;
  for (;;) {
    const work = putDown(root, own, shown);
    if (work instanceof PathError) {
      vanished += 1;
      if (vanished > 20) throw work;
    } else {
      const others = lookAround(root, work, own, shown);
      if (others.length === 0) {
        return {
          work,
          nonce,
          release: () => {
            giveUp(root, work, own);
          },
        };
      }
      const over = performance.now() >= deadline || interrupted();
      if (over || others.some((other) => other < own)) giveUp(root, work, own);
      else closeFolder(work);
      if (over) return undefined;
    }
    await sleep(5 + Math.random() * 15);
  }
}

/** Makes sure that our lock file is there; an error to try again after, where another build removed the work folder at that very moment. */
function putDown(root: Folder, own: string, shown: string): Folder | PathError {
  let work: Folder | undefined;
  try {
    makeFolder(root, workFolder, shown);
    work = openFolder(root, workFolder, shown);
    const path = join(work.at, own);
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
    touching(shown, () => {
      closeSync(openSync(path, flags));
    });
    return work;
  } catch (error) {
    const errno = error instanceof PathError ? error.errno : undefined;
    if (work !== undefined && errno === 'EEXIST') return work;
    if (work !== undefined) closeFolder(work);
    removeIfEmpty(root);
    if (error instanceof PathError && errno === 'ENOENT') return error;
    throw error;
  }
}

function lookAround(root: Folder, work: Folder, own: string, shown: string): readonly string[] {
  try {
    return touching(shown, () => liveLocks(work, own));
  } catch (error) {
    giveUp(root, work, own);
    throw error;
  }
}

function liveLocks(work: Folder, own: string): readonly string[] {
  return readdirSync(work.at).filter((name) => {
    if (name === own) return false;
    const path = join(work.at, name);
    const holder = parse(name);
    if (holder === undefined) return false;
    if (!abandoned.has(name) && isAlive(holder, path)) return true;
    remove(path);
    return false;
  });
}

function parse(name: string): Holder | undefined {
  const [, pid, start, host] = lockName.exec(name) ?? [];
  return pid === undefined || start === undefined || host === undefined
    ? undefined
    : { pid: Number(pid), start, host };
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== thisHost()) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.mtimeMs < foreignHostLifetime;
  }
  const start = startOf(holder.pid);
  return start !== undefined && (start === holder.start || start === '0' || holder.start === '0');
}

/** Containers that share a directory have names of their own, and process ids that mean nothing to each other. */
function thisHost(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function giveUp(root: Folder, work: Folder, own: string): void {
  if (!remove(join(work.at, own))) abandoned.add(own);
  closeFolder(work);
  removeIfEmpty(root);
}

function removeIfEmpty(root: Folder): void {
  try {
    rmdirSync(join(root.at, workFolder));
  } catch {
    // Others wait in it, or something of somebody else lies there.
  }
}

/** Whether the file is gone; where it may not be removed, the next build says so. */
function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch (error) {
    return errnoOf(error) === 'ENOENT';
  }
}
