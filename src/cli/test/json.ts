import type { Trial } from '../../prove/run/verdict.js';
import { timeOf, type TestReport } from '../../prove/run/report.js';

function trialJson({ mutant, verdict, disagreements }: Trial): object {
  const { id, rule, kind, what } = mutant;
  const { kind: result, ...details } = verdict;
  return {
    id,
    rule,
    kind,
    what,
    result,
    ...details,
    disagreements: disagreements.length > 0 ? disagreements : undefined,
  };
}

/** The report for programs. Times are seconds. */
export function testJson(report: TestReport): string {
  const { programs, ruleFiles, suites, coverage, routes, trials, milliseconds } = report;
  const value = {
    diagnostics: [],
    programs: programs.map(({ name, version }) => ({ name, version: version.join('.') })),
    ruleFiles: ruleFiles.map(({ path, faults }) => ({ path, faults })),
    suites: suites.map((each) => ({
      id: each.suite.id,
      subject: each.suite.subject,
      scenarios: each.suite.scenarios.length,
      assertions: each.suite.scenarios.reduce((sum, { checks }) => sum + checks.length, 0),
      seconds: timeOf(each) / 1000,
      files: each.files.map(({ path, failures, skipped, unsteady }) => ({
        path,
        failures,
        skipped,
        unsteady,
      })),
      untested: each.suite.untested,
    })),
    coverage,
    routes,
    mutants: trials?.map(trialJson),
    seconds: {
      tests: milliseconds.tests / 1000,
      mutants: trials === undefined ? undefined : milliseconds.mutants / 1000,
    },
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
