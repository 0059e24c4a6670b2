import type { Range } from '../../diagnostics/diagnostic.js';
import type { Model } from '../../model/model.js';
import type { RuleData, Verdict } from '../rules/rule-set.js';
import type { Codemod, PlannedTree } from './codemod.js';
import type { Place } from './refusals.js';
import type { BareProjects } from './types/bare-projects.js';

/** What a run is about. */
export interface Subject {
  readonly model: Model;
  readonly rules: RuleData;
  /** As it was given. */
  readonly specPath: string;
  readonly place: Place;
  /** The generated folder, absolute. */
  readonly outDir: string;
  /** Files and folders as typed, absolute; all that the spec includes where there are none. */
  readonly paths: readonly string[];
  /** Rules that are applied alone; what others have put in before stays. */
  readonly only: ReadonlySet<number> | undefined;
  readonly remove: boolean;
  readonly jobs: number | undefined;
  readonly cache: boolean;
}

/** How far the reading has come. */
export interface Progress {
  readonly done: number;
  readonly total: number;
}

/** A function or a call, as people find it. */
export interface NamedPlace {
  readonly kind: string;
  readonly name: string | undefined;
  readonly className: string | undefined;
  /** From 1, in the file as it is. */
  readonly line: number;
}

/** A place at the line in question, with what each rule says of it. */
export interface ExplainedPlace extends NamedPlace {
  readonly verdicts: readonly Verdict[];
  /** What the place gets, or why it is left alone although a rule fits. */
  readonly outcome: string | undefined;
}

/** Why a line is or is not meant by rules. */
export interface Explanation {
  /** What holds for the whole file, such as that no rule could match in it. */
  readonly file: string | undefined;
  readonly places: readonly ExplainedPlace[];
  /** Places nearby, where the line has none. */
  readonly nearest: readonly NamedPlace[];
}

/** The stages before this folder, for one subject. */
export interface Stages {
  readonly codemod: Codemod;
  /** Types of the code, without what was put in. */
  projects(): BareProjects;
  planTree(onProgress: (progress: Progress) => void): Promise<PlannedTree>;
  explain(path: string, line: number): Explanation;
  /** Where a rule stands in the spec; undefined for one of a preset. */
  rangeOf(rule: number): Range | undefined;
}
