import type { Candidate } from '../candidate.js';
import type { Insertion } from '../insertion.js';
import type { ParsedFile } from '../find/parsed-file.js';

/** The rules of a spec and of its presets as plain data, so that a worker thread can be given them. Made by `compileRules`. */
export interface RuleData {
  readonly rules: readonly RuleDefinition[];
}

/** One rule. The index in `RuleData.rules` is its rank: the first that fits wins. */
export interface RuleDefinition {
  /** As people find it again: `instrument.rules[3]`, `preset openai[0]`. */
  readonly label: string;
  /** Matchers by key, `not` included; read by `ruleSetOf` alone. */
  readonly match: unknown;
  readonly not: unknown;
  readonly insertion: Insertion;
  /** What the rule does, where it inserts nothing around a function: see `actions`. */
  readonly action?: unknown;
}

/** Why a rule does or does not fit a place, for `--explain`. */
export interface Verdict {
  readonly rule: string;
  readonly fits: boolean;
  /** The key that decided, and the fact: `method: \`run\` does not match \`ask*\``. Empty where it fits. */
  readonly because: string;
}

/** Rules ready to be asked. Made from data by `ruleSetOf`, in any thread. */
export interface RuleSet {
  readonly data: RuleData;
  /** Whether a rule asks for calls: without one, calls are not collected. */
  readonly wantsCalls: boolean;
  /** Whether a rule can only be decided with types: `implements` through other interfaces, `async` by return type. */
  readonly needsTypes: boolean;
  /** False where no rule can match in this file: it need not be parsed. Path with `/`, relative to the spec's folder. */
  mayMatch(path: string, text: string): boolean;
  /** What the first rule that fits puts at the place; undefined: none fits. */
  decide(candidate: Candidate, file: ParsedFile): Insertion | undefined;
  /** What each rule says of the place, in the order of rank. */
  explain(candidate: Candidate, file: ParsedFile): readonly Verdict[];
}
