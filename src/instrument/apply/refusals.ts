import { accessSync, constants, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { DiskReader } from '../../output/disk.js';
import { errnoOf, ioFailure, type PathError } from '../../output/io-failure.js';
import { shownPath, workFolder } from '../../output/paths.js';

/** A file that is to be written. */
export interface FileWrite {
  /** Below the root, with `/`. */
  readonly path: string;
  /** SHA-256 of what it held when the change was planned. */
  readonly before: string;
  readonly content: string;
}

/** A folder that files are written below. */
export interface Place {
  /** Absolute. */
  readonly root: string;
  /** The same as people see it, from the working directory. */
  readonly shown: string;
}

/** Why a file may not be written; undefined where it may. */
export function refusalOf(file: FileWrite, disk: DiskReader, place: Place): Diagnostic | undefined {
  const shown = shownPath(place.shown, file.path);
  const found = disk.read(file.path);
  if (found.kind === 'foreign') {
    return refused(`\`${shownPath(place.shown, found.at)}\` is ${found.what}`);
  }
  if (found.kind === 'absent') return changed(`\`${shown}\` has been removed since it was read`);
  if (found.hash !== file.before) return changed(`\`${shown}\` has been changed since it was read`);
  return isWritable(join(place.root, file.path)) ? undefined : refused(`\`${shown}\` is read-only`);
}

/** A file without any permission to write is left alone, although its folder would let it be replaced. */
function isWritable(path: string): boolean {
  try {
    if ((lstatSync(path).mode & 0o222) === 0) return false;
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}

function refused(fact: string): Diagnostic {
  return diagnostic('OBS5204', {
    message: `${fact}, and obs-gen changes only plain files that may be written`,
    range: undefined,
    help: 'leave it out with `instrument.exclude` in the spec, or make it a plain file that may be written',
  });
}

function changed(fact: string): Diagnostic {
  return diagnostic('OBS5203', {
    message: fact,
    range: undefined,
    help: 'nothing was written: run the command again',
  });
}

/** Another run holds the lock. */
export function atWork(place: Place): Diagnostic {
  return diagnostic('OBS5205', {
    message: `another run of obs-gen is at work in \`${place.shown}\``,
    range: undefined,
    help: `run it again once the other one has ended; its lock is in \`${shownPath(place.shown, workFolder)}\``,
  });
}

/** What the system refused, in the words of `build`, with a way out that fits. */
export function systemRefusal(error: PathError): Diagnostic {
  return {
    ...ioFailure(error),
    help: 'nothing was changed: see to it, and run the command again',
  };
}
