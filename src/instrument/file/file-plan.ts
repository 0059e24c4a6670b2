import type { Skip } from '../edit.js';
import type { RuleSet } from '../rules/rule-set.js';

/** What holds for all files of a run. It survives JSON, except for the rules. */
export interface PlanSettings {
  readonly rules: RuleSet;
  /** The generated folder, absolute. */
  readonly outDir: string;
  /** The folder of the spec, absolute: paths are relative to it. */
  readonly root: string;
}

/** A place that a rule chose, as it stands in the summary. */
export interface PlacedInsertion {
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

/** What is to happen to a file. It survives JSON. */
export interface FilePlan {
  /** Relative to `root`, with `/`. */
  readonly path: string;
  readonly before: string;
  /** Equal to `before` where there is nothing to do. */
  readonly after: string;
  readonly placed: readonly PlacedInsertion[];
  readonly skipped: readonly (Skip & { readonly rule: number })[];
  /** Functions in the file that could run in a span, for the summary. */
  readonly functions: number;
}
