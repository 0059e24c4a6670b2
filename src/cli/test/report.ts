import { printDuration } from '../../promql/duration.js';
import type { UntestedRule } from '../../prove/run/coverage.js';
import type { Failure } from '../../prove/run/failure.js';
import type { Trial } from '../../prove/run/verdict.js';
import { misjudged, timeOf, trialsThat, type TestReport } from '../../prove/run/report.js';
import type { TestFileResult } from '../../prove/run/rule-tests.js';
import { elapsed } from './progress.js';

/** How many of the slowest suites are named. */
const slowest = 3;

function count(number: number, singular: string): string {
  return `${number} ${singular}${number === 1 ? '' : 's'}`;
}

function indented(text: string, indent: string): string {
  return text.split('\n').join(`\n${indent}`);
}

/** One assertion that does not hold: when, what, what came instead, and why it was expected. */
function failureText({ scenario, because, what, at, expected, got }: Failure): string {
  if (scenario === undefined || at === undefined) return `  ${what}\n`;
  const row = (name: string, text: string | undefined): string =>
    text === undefined || text === '' ? '' : `      ${name.padEnd(10)}${indented(text, ' '.repeat(16))}\n`;
  return [
    `  ${scenario}\n`,
    `    at ${printDuration(at)}: ${what}\n`,
    row('expected', expected),
    row('got', got),
    row('because', because),
  ].join('');
}

function fileProblems({ path, suite, failures, raw }: TestFileResult, verbose: boolean): string {
  if (failures.length === 0) return '';
  const seen = new Set<string>();
  const texts = failures.map(failureText).filter((text) => !seen.has(text) && seen.add(text));
  const rest = verbose ? `${indented(`  promtool says:\n${raw.trim()}`, '  ')}\n` : '';
  return `FAILED ${suite.subject} (${path})\n${texts.join('')}${rest}\n`;
}

function survivorText({ mutant, verdict }: Trial): string {
  const hint = verdict.kind === 'survived' ? `    to notice it: ${verdict.hint}\n` : '';
  return `  ${mutant.rule}: ${mutant.what}\n${hint}`;
}

/** Trials under the suites that they belong to. */
function bySuite(trials: readonly Trial[], title: string, text: (trial: Trial) => string): string {
  if (trials.length === 0) return '';
  const groups = new Map<string, Trial[]>();
  for (const trial of trials) {
    const [id = ''] = trial.mutant.id.split('/');
    groups.set(id, [...(groups.get(id) ?? []), trial]);
  }
  return [...groups].map(([id, own]) => `${title} ${id}\n${own.map(text).join('')}\n`).join('');
}

/** Rules without a test under the files that they stand in. */
function untestedText(rules: readonly UntestedRule[]): string {
  const paths = [...new Set(rules.map(({ path }) => path))];
  const lines = (path: string): string =>
    rules
      .filter((rule) => rule.path === path)
      .map(({ rule, reason }) => `  ${rule}: ${reason}\n`)
      .join('');
  return paths.map((path) => `UNTESTED ${path}\n${lines(path)}\n`).join('');
}

/** All that is wrong; empty where nothing is. */
export function testProblems(report: TestReport, verbose: boolean): string {
  const { ruleFiles, suites, routes, coverage, trials } = report;
  const rules = ruleFiles
    .filter(({ faults }) => faults.length > 0)
    .map(({ path, faults }) => `REFUSED ${path}\n${faults.map((fault) => `  ${fault}\n`).join('')}\n`);
  const files = suites.flatMap((each) => each.files.map((file) => fileProblems(file, verbose)));
  const skipped = suites.flatMap(({ suite, files: own }) =>
    own.flatMap((file) =>
      file.skipped === undefined ? [] : [`SKIPPED ${suite.subject}: ${file.skipped}\n`],
    ),
  );
  const untested = untestedText(coverage?.untested ?? []);
  const wrongRoutes = (routes?.faults ?? []).map((fault) => `ROUTE ${fault}\n`);
  const faults = bySuite(trialsThat(trials, 'fault'), 'INVALID MUTANT', ({ mutant, verdict }) =>
    verdict.kind === 'fault'
      ? `  ${mutant.rule}: ${mutant.what}\n    ${indented(verdict.text, '    ')}\n`
      : '',
  );
  const wronged = bySuite(
    misjudged(trials),
    'NOT EQUIVALENT',
    ({ mutant }) => `  ${mutant.rule}: ${mutant.what}\n    said to be: ${mutant.equivalent ?? ''}\n`,
  );
  return [
    ...rules,
    ...files,
    ...wrongRoutes,
    untested,
    ...skipped,
    bySuite(trialsThat(trials, 'survived'), 'SURVIVED', survivorText),
    wronged,
    faults,
  ].join('');
}

function row(name: string, text: string): string {
  return `${name.padEnd(11)}${text}\n`;
}

function mutantRows(trials: readonly Trial[], milliseconds: number, verbose: boolean): string {
  const killed = trialsThat(trials, 'killed');
  const equivalent = trialsThat(trials, 'equivalent');
  const parts = [
    `${count(trials.length, 'mutant')}: ${killed.length} killed`,
    `${trialsThat(trials, 'survived').length} survived`,
    `${equivalent.length} equivalent`,
  ];
  const reasons = new Map<string, number>();
  for (const { verdict } of equivalent) {
    if (verdict.kind === 'equivalent') reasons.set(verdict.reason, (reasons.get(verdict.reason) ?? 0) + 1);
  }
  const disagreements = trials.flatMap((trial) => trial.disagreements);
  return [
    row('mutants', `${parts.join(', ')}, in ${elapsed(milliseconds)}`),
    ...[...reasons].map(([reason, number]) => row('', `equivalent (${number}): ${reason}`)),
    disagreements.length === 0
      ? ''
      : row('', `foreseen wrongly: ${count(disagreements.length, 'time')}; promtool decided`),
    ...(verbose ? disagreements.map((text) => row('', text)) : []),
    ...(verbose
      ? trials.map(({ mutant, verdict }) =>
          row('', `${verdict.kind.padEnd(10)} ${mutant.id}: ${mutant.what}`),
        )
      : []),
  ].join('');
}

/** What was run, how much of it, and how long it took. */
export function testSummary(report: TestReport, verbose: boolean): string {
  const { programs, ruleFiles, suites, coverage, routes, trials, milliseconds } = report;
  const scenarios = suites.flatMap(({ suite }) => suite.scenarios);
  const assertions = scenarios.reduce((sum, { checks }) => sum + checks.length, 0);
  const failed = suites.filter(({ files }) => files.some(({ failures }) => failures.length > 0)).length;
  const unsteady = suites.filter(({ files }) => files.some((file) => file.unsteady));
  const busiest = suites.toSorted((a, b) => timeOf(b) - timeOf(a)).slice(0, slowest);
  return [
    row('programs', programs.map(({ name, version }) => `${name} ${version.join('.')}`).join(', ')),
    coverage === undefined
      ? row('rules', `${count(ruleFiles.length, 'file')} checked`)
      : row(
          'rules',
          `${count(coverage.rules, 'rule')} in ${count(ruleFiles.length, 'file')}, ${coverage.tested} tested`,
        ),
    row(
      'tests',
      `${count(suites.length, 'suite')}, ${count(scenarios.length, 'scenario')}, ${count(assertions, 'assertion')}: ` +
        `${failed === 0 ? 'all pass' : `${count(failed, 'suite')} failed`}, in ${elapsed(milliseconds.tests)}`,
    ),
    unsteady.length === 0
      ? ''
      : row(
          'unsteady',
          `${unsteady.map(({ suite }) => suite.subject).join(', ')}: promtool failed once, and passed three times`,
        ),
    routes === undefined
      ? ''
      : row('routes', `${count(routes.tried, 'set')} of labels, ${routes.faults.length} wrong`),
    trials === undefined ? '' : mutantRows(trials, milliseconds.mutants, verbose),
    busiest.length === 0
      ? ''
      : row('slowest', busiest.map((each) => `${each.suite.subject} ${elapsed(timeOf(each))}`).join(', ')),
  ].join('');
}
