import { diagnostic } from '../diagnostics/create.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { shownPath } from './paths.js';
import type { FileAction, WritePlan } from './plan.js';

/** Whether a build would change nothing. */
export function isCurrent(plan: WritePlan): boolean {
  return plan.entries.every((entry) => entry.action === 'same');
}

const facts: ReadonlyMap<FileAction, string> = new Map([
  ['create', 'is missing'],
  ['update', 'is not what the spec compiles to'],
  ['remove', 'is no longer generated'],
]);

/** What `build --check` has to say: OBS4102 for each file that a build would change. Conflicts are diagnostics of the plan already. */
export function staleFiles(plan: WritePlan): readonly Diagnostic[] {
  return plan.entries.flatMap((entry) => {
    const fact = facts.get(entry.action);
    if (fact === undefined) return [];
    return [
      diagnostic('OBS4102', {
        message: `\`${shownPath(plan.outDir, entry.path)}\` ${fact}`,
        range: undefined,
        help: 'build again without --check, and commit what it writes',
      }),
    ];
  });
}
