import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../output/hash.js';
import { touching } from '../../output/io-failure.js';
import { shownPath } from '../../output/paths.js';
import type { FilePlan } from '../file/file-plan.js';
import type { LeftOut } from './codemod.js';
import type { FileWrite, Place } from './refusals.js';

/** A change of one file on its way from plan to disk. Texts hold the byte order mark where the file has one. */
export interface Draft {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** SHA-256 of the bytes that were read. */
  readonly hash: string;
  readonly plan: FilePlan;
  /** Places that are not to be touched, whatever the rules say. */
  readonly leftOut?: LeftOut | undefined;
}

const mark = '\uFEFF';

/**
 * The drafts of all files that are to change. A file that is no longer what was planned keeps the hash of what was planned, so that
 * the write refuses it.
 */
export function draftsOf(place: Place, plans: readonly FilePlan[]): readonly Draft[] {
  return plans.flatMap((plan): readonly Draft[] => {
    const { path, before, after } = plan;
    if (before === after) return [];
    const hasMark = !before.startsWith(mark) && textOnDisk(place, path) === mark + before;
    const lead = hasMark ? mark : '';
    return [{ path, before: lead + before, after: lead + after, hash: sha256(lead + before), plan }];
  });
}

/** The bytes of a text as a file holds them. */
export function bytesOf(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/** A text without its byte order mark, as the compiler and offsets count it. */
export function withoutMark(text: string): string {
  return text.startsWith(mark) ? text.slice(mark.length) : text;
}

/** What is to be written. */
export function writesOf(drafts: readonly Draft[]): readonly FileWrite[] {
  return drafts.map(({ path, hash, after }) => ({ path, before: hash, content: after }));
}

/** The text of a file that may not be there; throws `PathError` where the system refuses. */
export function textOnDisk(place: Place, path: string): string {
  return touching(shownPath(place.shown, path), () => readFileSync(join(place.root, path), 'utf8'));
}
