import { join } from 'node:path';
import type { OutputFile } from '../../emit/emitter.js';
import type { Model } from '../../model/model.js';
import type { Program } from '../../prove/run/programs.js';
import type { TestReport } from '../../prove/run/report.js';
import type { Progress, RunOptions } from '../../prove/run/rule-tests.js';
import type { Suite } from '../../prove/suite.js';
import { exitCodeOf, exitCodes, type ExitCode } from '../exit-code.js';
import { report } from '../report.js';
import { requireSpec } from '../spec-file.js';
import { staleOnDisk } from '../stale.js';
import { print, printError, progress } from '../terminal.js';
import { progressBar } from './progress.js';
import { today } from '../today.js';
import { untilSignal } from '../until-signal.js';
import { UsageError } from '../usage-error.js';

export interface TestArguments {
  readonly spec: string;
  readonly out: string;
  readonly mutants: boolean | undefined;
  readonly only: string | undefined;
  readonly jobs: number | undefined;
  readonly format: 'pretty' | 'json';
  readonly strict: boolean | undefined;
  readonly verbose: boolean | undefined;
  readonly quiet: boolean | undefined;
}

/** Files that the programs read. */
const proven = /^(?:prometheus\/(?:rules|tests)|alertmanager)\//;

/** Nothing else may be tested than what runs. */
const staleHelp = 'run `obs-gen build` first: what is tested has to be what runs';

function patternOf(only: string): RegExp {
  try {
    return new RegExp(only);
  } catch {
    throw new UsageError(`--only ${only} is no regular expression`, ['write for example --only ^slos']);
  }
}

function chosen(all: readonly Suite[], only: string | undefined): readonly Suite[] {
  if (only === undefined) return all;
  const pattern = patternOf(only);
  const suites = all.filter(({ subject }) => pattern.test(subject));
  if (suites.length > 0) return suites;
  const subjects = all.map(({ subject }) => `  ${subject}`);
  throw new UsageError(`--only ${only} matches none of the suites`, [
    subjects.length === 0 ? 'the spec has no objectives and no alerts' : 'their subjects are',
    ...subjects,
  ]);
}

async function requirePrograms(
  names: readonly Program['name'][],
  signal: AbortSignal,
): Promise<readonly Program[]> {
  const { findProgram, isMissing } = await import('../../prove/run/programs.js');
  const programs: Program[] = [];
  for (const name of names) {
    const found = await findProgram(name, process.env, signal);
    if (isMissing(found)) throw new UsageError(`${name} is needed, and ${found.reason}`, found.help);
    programs.push(found);
  }
  return programs;
}

/** What is to be run. */
interface Work {
  readonly model: Model;
  readonly files: readonly OutputFile[];
  readonly args: TestArguments;
  readonly options: RunOptions;
}

async function runAll({ model, files, args, options }: Work): Promise<TestReport> {
  const [{ suites: suitesOf }, { scenarioFiles }, { checkRuleFiles, runTestFiles }] = await Promise.all([
    import('../../prove/suites.js'),
    import('../../prove/test-file.js'),
    import('../../prove/run/rule-tests.js'),
  ]);
  const signal = options.signal ?? new AbortController().signal;
  const suites = chosen(suitesOf(model), args.only);
  const { alertmanagerPath } = await import('../../emit/alertmanager/emitter.js');
  const hasRoutes = args.only === undefined && files.some(({ path }) => path === alertmanagerPath);
  const [promtool, amtool] = await requirePrograms(hasRoutes ? ['promtool', 'amtool'] : ['promtool'], signal);
  if (promtool === undefined) throw new Error('bug: promtool is neither there nor missing');

  const started = performance.now();
  const own = new Set(suites.map(({ ruleFile }) => ruleFile));
  const rulePaths = files
    .map(({ path }) => path)
    .filter((path) => path.startsWith('prometheus/rules/') && (args.only === undefined || own.has(path)));
  const ruleFiles = await checkRuleFiles(promtool, args.out, rulePaths, options);
  const tests = suites.flatMap((suite) => scenarioFiles(model, suite).map((file) => ({ ...file, suite })));
  const results = await runTestFiles(promtool, tests, options);
  const bySuite = suites.map((suite) => ({ suite, files: results.filter((each) => each.suite === suite) }));
  let routes: TestReport['routes'];
  if (amtool !== undefined) {
    const [{ routeTests }, { testRoutes }] = await Promise.all([
      import('../../emit/alertmanager/route-tests.js'),
      import('../../prove/run/routes.js'),
    ]);
    const expected = routeTests(model).filter(({ receivers }) => receivers.length > 0);
    routes = await testRoutes(amtool, join(args.out, alertmanagerPath), expected, options);
  }
  let coverage: TestReport['coverage'];
  if (args.only === undefined) {
    const [{ coverageOf }, { ruleGroupFiles }] = await Promise.all([
      import('../../prove/run/coverage.js'),
      import('../../emit/prometheus/files.js'),
    ]);
    coverage = coverageOf(ruleGroupFiles(model), suites);
  }
  const tested = performance.now();
  let trials: TestReport['trials'];
  if (args.mutants === true) {
    const [{ tryMutants }, { simulation }, { passes }] = await Promise.all([
      import('../../prove/run/mutants.js'),
      import('../../prove/run/oracle.js'),
      import('../../prove/run/report.js'),
    ]);
    // A test that fails as it is proves nothing about a broken rule.
    const sound = bySuite.filter((each) => each.files.length > 0 && passes(each)).map(({ suite }) => suite);
    trials = await tryMutants(promtool, sound, simulation, options);
  }
  return {
    programs: amtool === undefined ? [promtool] : [promtool, amtool],
    ruleFiles,
    suites: bySuite,
    coverage,
    routes,
    trials,
    milliseconds: { tests: tested - started, mutants: performance.now() - tested },
  };
}

/** Compiles, makes sure that what is on disk is what would be built, runs everything, and reports. */
async function testOnce(args: TestArguments, signal: AbortSignal): Promise<ExitCode> {
  const date = today(process.env);
  requireSpec(args.spec);
  const quiet = args.quiet === true;
  const status = progress(quiet);
  try {
    status.step(`compiling ${args.spec}`);
    const { compile } = await import('../../compile.js');
    const { diagnostics, model, files } = compile(args.spec, date);
    const relevant = (files ?? []).filter(({ path }) => proven.test(path));
    const found = files === undefined ? diagnostics : await staleOnDisk(relevant, args.out, staleHelp);
    if (model === undefined || exitCodeOf(found, false) !== exitCodes.fine) {
      status.done();
      await report(found, args);
      return exitCodeOf(found, false);
    }
    const { defaultJobs } = await import('../../prove/run/pool.js');
    const bar = progressBar(process.stderr.columns, performance.now());
    const onProgress = (each: Progress): void => {
      status.step(bar(each, performance.now()));
    };
    const options = { jobs: args.jobs ?? defaultJobs(), signal, onProgress };
    const result = await runAll({ model, files: relevant, args, options });
    status.done();
    const { hasFindings } = await import('../../prove/run/report.js');
    if (args.format === 'json') {
      const { testJson } = await import('./json.js');
      print(testJson(result));
    } else {
      const { testProblems, testSummary } = await import('./report.js');
      printError(testProblems(result, args.verbose === true));
      if (!quiet) print(testSummary(result, args.verbose === true));
    }
    return hasFindings(result, args.strict === true) ? exitCodes.findings : exitCodes.fine;
  } finally {
    status.done();
  }
}

/** Runs the tests until they end or a signal ends them: then the programs that run are killed, and their files removed. */
export async function runTests(args: TestArguments): Promise<ExitCode> {
  const { Interrupted } = await import('../../prove/run/process.js');
  return untilSignal(
    (ended) => testOnce(args, ended),
    (error) => error instanceof Interrupted,
  );
}
