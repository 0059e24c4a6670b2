import { join } from 'node:path';
import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { shownPath } from '../../output/paths.js';
import { gitState } from './git.js';
import type { Place } from './refusals.js';

/** What git has against a change of files, and what is worth a note although it does not stop the run. */
export interface Guard {
  readonly diagnostics: readonly Diagnostic[];
  readonly note: string | undefined;
}

/** Looks whether all files are committed, so that the change can be told from other work and be thrown away alone. */
export async function guardByGit(place: Place, paths: readonly string[], isRemoval = false): Promise<Guard> {
  const byAbsolute = new Map(paths.map((path) => [join(place.root, path), path]));
  const state = await gitState([...byAbsolute.keys()]);
  if (state.failure !== undefined) {
    return {
      diagnostics: [
        diagnostic('OBS5212', {
          message: `git cannot say whether the files are committed: ${state.failure}`,
          range: undefined,
          help: 'mend it, or go on without git by --allow-dirty',
        }),
      ],
      note: undefined,
    };
  }
  const diagnostics = state.dirty.map((path) =>
    diagnostic('OBS5202', {
      message: `\`${shownPath(place.shown, byAbsolute.get(path) ?? path)}\` has changes that are not committed`,
      range: undefined,
      help: 'commit or stash them first, or allow it with --allow-dirty',
    }),
  );
  return { diagnostics, note: noteOf(state.isMissing, state.unguarded.length, paths.length, isRemoval) };
}

function noteOf(isMissing: boolean, unguarded: number, all: number, isRemoval: boolean): string | undefined {
  if (isMissing) return 'git is not installed, so whether the files are committed was not checked';
  if (unguarded === 0) return undefined;
  const files = unguarded === all ? 'the files' : `${unguarded} of ${all} files`;
  const fact = `${files} are in no git repository`;
  return isRemoval ? fact : `${fact}; \`obs-gen instrument --remove\` takes the change back`;
}
