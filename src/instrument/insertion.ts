import type { Candidate } from './candidate.js';

/** A helper of the spec as generated code exports it: its name in the spec, and the member of `spans`, `metrics` or `logs`. */
export interface HelperReference {
  readonly name: string;
  readonly member: string;
}

/** Names of attributes, labels or fields, with the paths that they are read from. */
export type PathEntries = readonly (readonly [name: string, path: string])[];

/** What a rule puts at a place; at least one of `span`, `count`, `time`, `log` and `action`. It survives JSON. */
export interface Insertion {
  /** Index of the rule in the rule set, in the order of rank. */
  readonly rule: number;
  readonly span?: HelperReference | undefined;
  /** Attributes of the span. */
  readonly attributes: PathEntries;
  /** A counter that counts each call when it ends. */
  readonly count?: { readonly metric: HelperReference; readonly labels: PathEntries } | undefined;
  /** A histogram of the seconds of each call. */
  readonly time?: { readonly metric: HelperReference; readonly labels: PathEntries } | undefined;
  /** A log event at the end of each call. */
  readonly log?: { readonly event: HelperReference; readonly fields: PathEntries } | undefined;
  /**
   * What is done to a call instead: `console` gives the generated logger what the console was given, `context` keeps the correlation
   * context in the callbacks among its arguments. There is nothing else then.
   */
  readonly action?: 'console' | 'context' | undefined;
  readonly style: 'wrap' | 'decorator';
}

/** A place with what it gets. */
export interface Chosen<C extends Candidate = Candidate> {
  readonly candidate: C;
  readonly insertion: Insertion;
}
