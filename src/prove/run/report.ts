import type { Suite } from '../suite.js';
import type { Coverage } from './coverage.js';
import type { Trial } from './verdict.js';
import type { Program } from './programs.js';
import type { RouteResult } from './routes.js';
import type { RuleFileResult, TestFileResult } from './rule-tests.js';

/** What became of a suite: of all its test files together. */
export interface SuiteResult {
  readonly suite: Suite;
  readonly files: readonly TestFileResult[];
}

/** What a run has shown. */
export interface TestReport {
  readonly programs: readonly Program[];
  readonly ruleFiles: readonly RuleFileResult[];
  readonly suites: readonly SuiteResult[];
  /** Undefined where only some suites were run. */
  readonly coverage: Coverage | undefined;
  /** Undefined where there is no file of Alertmanager. */
  readonly routes: RouteResult | undefined;
  /** Undefined where no mutants were asked for. */
  readonly trials: readonly Trial[] | undefined;
  readonly milliseconds: { readonly tests: number; readonly mutants: number };
}

/** Milliseconds that promtool spent on a suite. */
export function timeOf({ files }: SuiteResult): number {
  return files.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
}

/** Whether a suite was run and every assertion holds. */
export function passes({ files }: SuiteResult): boolean {
  return files.every(({ failures, skipped }) => failures.length === 0 && skipped === undefined);
}

/** The trials that ended in one way. */
export function trialsThat(
  trials: readonly Trial[] | undefined,
  kind: Trial['verdict']['kind'],
): readonly Trial[] {
  return (trials ?? []).filter(({ verdict }) => verdict.kind === kind);
}

/** Mutants that were called equivalent and that a test tells from the original all the same. */
export function misjudged(trials: readonly Trial[] | undefined): readonly Trial[] {
  return trialsThat(trials, 'killed').filter(({ mutant }) => mutant.equivalent !== undefined);
}

/**
 * Whether there is anything to see to.
 * @param strict whether what is known not to be testable counts as well
 */
export function hasFindings(report: TestReport, strict: boolean): boolean {
  const { ruleFiles, suites, coverage, routes, trials } = report;
  return (
    ruleFiles.some(({ faults }) => faults.length > 0) ||
    suites.some(({ files }) => files.some(({ failures }) => failures.length > 0)) ||
    (routes?.faults.length ?? 0) > 0 ||
    (coverage?.untested ?? []).some(({ excused }) => strict || !excused) ||
    (strict && suites.some((each) => !passes(each))) ||
    trialsThat(trials, 'survived').length > 0 ||
    trialsThat(trials, 'fault').length > 0 ||
    misjudged(trials).length > 0
  );
}
