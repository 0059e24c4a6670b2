import type { Match } from '../../spec/spec.js';
import type { RuleData, RuleDefinition } from './rule-set.js';

/**
 * What a rule does instead of putting something around a function or a call: `console` replaces the method of the console that is called,
 * `context` wraps the callbacks among the arguments of the call, `leave` keeps later rules away from the place.
 */
export type RuleAction = 'console' | 'context' | 'leave';

/** The parts of a rule that `RuleDefinition` leaves open, as `compileRules` writes them. */
export interface CompiledRule extends RuleDefinition {
  readonly match: Match;
  /** None of them may fit. */
  readonly not: readonly Match[];
  readonly action?: RuleAction | undefined;
}

/** The calls that a rule with `console` means unless it says which. */
export const consoleCalls = 'console.{debug,error,info,log,trace,warn}';

/** The rules of data that `compileRules` made. */
export function compiledRules(data: RuleData): readonly CompiledRule[] {
  return data.rules as readonly CompiledRule[];
}

/** What the rule does, by its index: undefined where it puts its insertion around the place. */
export function actionOf(data: RuleData, rule: number): RuleAction | undefined {
  return compiledRules(data)[rule]?.action;
}
