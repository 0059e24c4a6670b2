import type { RuleGroup } from '../promql/rule.js';
import type { Scenario } from './scenario.js';

/** The tests of one objective or of one alert. */
export interface Suite {
  /** Stem of its test files: `slo-run-success`, `alert-QueueStuck`. */
  readonly id: string;
  /** What is proven, as the spec calls it: `slos.run-success`, `alerts.QueueStuck`, `security.events.auth.failed`. */
  readonly subject: string;
  /** Path of the rule file below the output directory that holds the rules. */
  readonly ruleFile: string;
  /**
   * The rules under test, and those that they read; nothing else of the file. In the order in which they have to be evaluated: promtool
   * takes groups in any order unless it is told.
   */
  readonly groups: readonly RuleGroup[];
  readonly scenarios: readonly Scenario[];
  /** What cannot be tested, and why: the reason is printed, never swallowed. */
  readonly untested: readonly { readonly rule: string; readonly reason: string }[];
  /** Whether other suites break these rules: this one shows that they work together, and no mutants are made of it. */
  readonly isBrokenElsewhere?: boolean | undefined;
  /** The oldest promtool that can run it, where it needs a newer one than 2.42: `[3, 0]` for native histograms. */
  readonly needs?: readonly [major: number, minor: number] | undefined;
}
