import type { FilePlan, PlanSettings } from '../file/file-plan.js';
import type { FileNote } from '../find/file-note.js';
import type { ListOptions } from '../find/list-files.js';
import type { RuleData } from '../rules/rule-set.js';
import type { TypeFacts } from '../rules/type-facts.js';

/** What is to be planned for a whole tree. */
export interface TreeOptions extends ListOptions {
  readonly rules: RuleData;
  /** Follow the rules, or take out what was put in. */
  readonly task: 'instrument' | 'remove';
  /** Whether changed files are parsed and taken apart again: see `PlanSettings`. */
  readonly verify?: boolean | undefined;
  /** How many threads plan; undefined: as many as the machine has cores and the work is worth. One means this one. */
  readonly jobs?: number | undefined;
  /** The folder of the cache; false: none. Undefined: `node_modules/.cache/obs-gen`, where there is a `node_modules`. */
  readonly cache?: string | false | undefined;
  /** Called for each file that is done with; the order is that in which they are. */
  readonly onProgress?: ((done: number, total: number, path: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Plans in the place of what the task says: in this thread, without a cache. */
  readonly plan?: ((input: PlanInput, settings: PlanSettings) => FilePlan) | undefined;
  /** What rules with `types: true` ask. They are decided in this thread. */
  readonly types?: (() => TypeFacts | undefined) | undefined;
}

export interface PlanInput {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly bytes: Buffer;
}

/** What is to happen to a tree; the same whatever the number of threads and the state of the cache. */
export interface TreePlan {
  /** Files with something to do or to say, in the order of their paths. */
  readonly files: readonly FilePlan[];
  /** Files that were left out, in the order of their paths. */
  readonly notes: readonly FileNote[];
  readonly totals: TreeTotals;
  /** For each rule, how many places it chose, done or skipped: a rule at zero matches nothing. */
  readonly matched: readonly number[];
}

export interface TreeTotals {
  /** Files that were listed. */
  readonly seen: number;
  /** Files that no rule could match in, by their text. */
  readonly prefiltered: number;
  /** Files that were parsed, in this run or in the one that the cache has them from. */
  readonly parsed: number;
  /** Files that the cache knew. */
  readonly cached: number;
  /** Functions in the files that were parsed. */
  readonly functions: number;
}

/** What came out for one file. It survives JSON. */
export type FileResult =
  | { readonly kind: 'prefiltered' }
  | { readonly kind: 'note'; readonly note: FileNote }
  | { readonly kind: 'plan'; readonly plan: FilePlan };

/** The result for a file that was listed and is closed to us, or gone. */
export function unreadable(path: string): FileResult {
  const note = {
    code: 'OBS5050',
    path,
    message: 'it cannot be read',
    help: 'look at its permissions',
  } as const;
  return { kind: 'note', note };
}
