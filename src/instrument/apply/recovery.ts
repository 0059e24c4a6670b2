import { diagnostic } from '../../diagnostics/create.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { shownPath } from '../../output/paths.js';
import { isCutOff } from './journal.js';
import type { Place } from './refusals.js';
import { recoverFiles } from './write-files.js';

/** Takes back what a run that was killed has left, where this run may write; says so either way. */
export async function recoveryOf(place: Place, mayWrite: boolean): Promise<readonly Diagnostic[]> {
  if (!isCutOff(place.root)) return [];
  if (!mayWrite) {
    return [
      warning(
        'an earlier run was killed while it wrote, so some files may be changed and others not',
        'run `obs-gen instrument` or `obs-gen instrument --remove`: either takes it back first',
      ),
    ];
  }
  const { value, diagnostics } = await recoverFiles(place);
  if (value === undefined) return diagnostics;
  const { restored, edited } = value;
  const found = [...diagnostics];
  if (restored.length > 0) {
    const files = restored.length === 1 ? '1 file holds' : `${restored.length} files hold`;
    found.push(warning(`an earlier run was killed while it wrote: ${files} again what was there before`));
  }
  for (const path of edited) {
    found.push(
      warning(
        `\`${shownPath(place.shown, path)}\` was to be taken back too, but it has been edited since`,
        'look at it: it may hold what that run put in',
      ),
    );
  }
  return found;
}

function warning(message: string, help?: string): Diagnostic {
  return diagnostic('OBS5206', { message, range: undefined, help });
}
