import type { Skip } from '../edit.js';
import type { RuleSet } from '../rules/rule-set.js';

/** What holds for all files of a run. It survives JSON, except for the rules. */
export interface PlanSettings {
  readonly rules: RuleSet;
  /** The generated folder, absolute. */
  readonly outDir: string;
  /** The folder of the spec, absolute: paths are relative to it. */
  readonly root: string;
  /**
   * Whether a changed file counts as planned only after it was parsed again and taken apart again, which gives the text that it was made
   * from; a place that does not stand that is left out. It costs another parse of each changed file: planning alone can go without,
   * what is written or shown goes through it (`verifiedPlan`).
   */
  readonly verify?: boolean | undefined;
}

/** A place that a rule chose, as it stands in the summary. */
export interface PlacedInsertion extends OfChoice {
  /** `ResearchAgent.run`, `search`, `client.chat.completions.create`. */
  readonly place: string;
  /** From 1, in the file as it was. */
  readonly line: number;
  readonly rule: number;
  /** How it was done: `static block`, `assignment`, `wrapped function`, `wrapped body`, `wrapped member`, … */
  readonly form: string;
  /** Whether it was there before this run. */
  readonly isKept: boolean;
}

/** What came of one of the places that rules chose in a file. */
interface OfChoice {
  /** Which of them it is, from 0, in the order in which they were chosen. Names and rules alone would not tell them apart. */
  readonly choice?: number | undefined;
}

/** A place that was left alone. */
export type SkippedInsertion = Skip & OfChoice & { readonly rule: number };

/** What is to happen to a file. It survives JSON. */
export interface FilePlan {
  /** Relative to `root`, with `/`. */
  readonly path: string;
  readonly before: string;
  /** Equal to `before` where there is nothing to do. */
  readonly after: string;
  readonly placed: readonly PlacedInsertion[];
  readonly skipped: readonly SkippedInsertion[];
  /** Functions in the file that could run in a span, for the summary. */
  readonly functions: number;
}
