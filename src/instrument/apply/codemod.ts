import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import type { FilePlan } from '../file/file-plan.js';
import type { ChosenPlace } from './chosen-places.js';

/** What the plan of a whole tree says. */
export interface PlannedTree {
  /** Files with something placed, skipped or to be changed, in the order of their paths. */
  readonly files: readonly FilePlan[];
  /** Files that were looked at. */
  readonly looked: number;
  /** Functions in the files that were parsed. */
  readonly functions: number;
  /** Files that were left out, and why. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Places that are treated as if no rule fitted, by `placeKeys`. */
export type LeftOut = ReadonlySet<string>;

/** The stages before this folder, as a run uses them; tests put others in their place. Texts hold the byte order mark of their file. */
export interface Codemod {
  /** What is to be done to one file. */
  plan(path: string, bytes: Buffer, leftOut?: LeftOut): FilePlan;
  /** The places that rules choose, in the order of the source. */
  places(path: string, bytes: Buffer, leftOut?: LeftOut): readonly ChosenPlace[];
  /** The file's text without anything of ours. */
  strip(path: string, bytes: Buffer): string;
}
