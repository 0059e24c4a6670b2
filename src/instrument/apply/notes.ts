import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { shownPath } from '../../output/paths.js';
import { noteDiagnostic, type FileNote } from '../find/file-note.js';
import { withoutMark } from './draft.js';
import type { Place } from './refusals.js';

/** Files that were left out, as diagnostics with the paths that people see. */
export function noteDiagnostics(place: Place, notes: readonly FileNote[]): readonly Diagnostic[] {
  return notes.map((note) => {
    const path = shownPath(place.shown, note.path);
    return noteDiagnostic({ ...note, path }, note.start === undefined ? undefined : textOf(place, note.path));
  });
}

function textOf({ root }: Place, path: string): string | undefined {
  try {
    return withoutMark(readFileSync(join(root, path), 'utf8'));
  } catch {
    return undefined;
  }
}
