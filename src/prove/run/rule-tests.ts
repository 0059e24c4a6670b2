import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleFile } from '../../emit/prometheus/rule-file.js';
import type { Scenario } from '../scenario.js';
import type { Suite } from '../suite.js';
import { testDocument } from '../test-file.js';
import { failureOf, type Failure } from './failure.js';
import { inParallel } from './pool.js';
import { runProgram } from './process.js';
import { isAtLeast, type Program } from './programs.js';
import { complaintsOf } from './promtool-output.js';
import { withFolder } from './temporary.js';

/** How programs are run. */
export interface RunOptions {
  readonly jobs: number;
  readonly signal?: AbortSignal | undefined;
  /** Called when something begins and when it has ended. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  /** What has just begun or ended. */
  readonly what: string;
}

/** Milliseconds that a test file may take: the slowest take seconds. */
const deadline = 300_000;

/** What promtool says to a rule file. */
export interface RuleFileResult {
  readonly path: string;
  /** What is wrong with it; empty where it is fine. */
  readonly faults: readonly string[];
  readonly raw: string;
}

/** The lines of promtool that say what is wrong. */
function faultLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'FAILED:' && !/^(Checking |SUCCESS: )/.test(line));
}

/**
 * `promtool check rules` with all lints.
 * @param paths of rule files
 */
export function checkRuleFiles(
  promtool: Program,
  outDir: string,
  paths: readonly string[],
  { jobs, signal }: RunOptions,
): Promise<readonly RuleFileResult[]> {
  return inParallel(paths, jobs, async (path) => {
    const args = ['check', 'rules', '--lint=all', '--lint-fatal', join(outDir, path)];
    const { status, stdout, stderr, timedOut } = await runProgram({
      program: promtool.path,
      args,
      deadline,
      signal,
    });
    const raw = stdout + stderr;
    if (status === 0) return { path, faults: [], raw };
    const faults = timedOut ? [`promtool did not end within ${deadline / 1000} s`] : faultLines(raw);
    return {
      path,
      faults: faults.length > 0 ? faults : [`promtool ended with ${status ?? 'a signal'}`],
      raw,
    };
  });
}

/** A test file on disk, the suite that it was made of, and those of its scenarios that stand in the file. */
export interface TestFile {
  /** Below the output directory. */
  readonly path: string;
  readonly suite: Suite;
  readonly scenarios: readonly Scenario[];
}

/** What promtool says to a test file. */
export interface TestFileResult extends TestFile {
  readonly failures: readonly Failure[];
  /** Why it was not run. */
  readonly skipped: string | undefined;
  /** Whether promtool found a fault at first and none when it was run on the same input again, three times. */
  readonly unsteady: boolean;
  readonly milliseconds: number;
  /** All that promtool printed. */
  readonly raw: string;
}

/** What tests are run with. */
interface Bench {
  readonly promtool: Program;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs scenarios of one pace with the rules of their suite alone. Loaded with all rules of its file, as on disk, the result is the same:
 * a suite holds what its rules read. But every rule is evaluated at every step, and a scenario of days takes a minute.
 */
function runScenarios(
  { promtool, signal }: Bench,
  { groups }: Suite,
  scenarios: readonly Scenario[],
): ReturnType<typeof runProgram> {
  return withFolder(async (folder) => {
    const file = join(folder, 'scenarios.test.yaml');
    const names = groups.map(({ name }) => name);
    const pace = scenarios[0]?.evaluationInterval ?? 0;
    writeFileSync(join(folder, 'rules.yaml'), ruleFile(groups));
    writeFileSync(file, testDocument(['rules.yaml'], names, pace, scenarios));
    return runProgram({ program: promtool.path, args: ['test', 'rules', file], deadline, signal });
  });
}

/** Runs that have to agree before the first one is taken for promtool's own slip. */
const secondOpinions = 2;

/**
 * What is wrong, scenario by scenario. promtool 2 does not say which test of a file a query belongs to, so that a file that fails is run
 * again, one scenario at a time. The same input has one answer: where promtool gives two (its storage compacts itself in the background, and
 * an evaluation of days under load may come upon it half-way), there is nothing wrong with the rules.
 * @returns nothing where each scenario passes by itself and all of them do so together, twice
 */
async function failuresOf(
  bench: Bench,
  { suite, scenarios }: TestFile,
  stderr: string,
): Promise<readonly Failure[]> {
  const complaints = complaintsOf(stderr);
  if (!complaints.some(({ kind }) => kind === 'assertion' || kind === 'evaluation'))
    return complaints.map((complaint) => failureOf(complaint));
  const found: Failure[] = [];
  for (const scenario of scenarios) {
    const again = await runScenarios(bench, suite, [scenario]);
    found.push(...complaintsOf(again.stderr).map((complaint) => failureOf(complaint, scenario)));
  }
  if (found.length > 0) return found;
  for (let run = 0; run < secondOpinions; run += 1) {
    const { status } = await runScenarios(bench, suite, scenarios);
    if (status !== 0) return complaints.map((complaint) => failureOf(complaint));
  }
  return [];
}

/** Runs the scenarios of test files with `promtool test rules`. The files themselves have to be what the suites compile to. */
export function runTestFiles(
  promtool: Program,
  files: readonly TestFile[],
  { jobs, signal, onProgress }: RunOptions,
): Promise<readonly TestFileResult[]> {
  let done = 0;
  return inParallel(files, jobs, async (file): Promise<TestFileResult> => {
    const { suite, scenarios } = file;
    const tell = (): void => onProgress?.({ done, total: files.length, what: suite.subject });
    if (suite.needs !== undefined && !isAtLeast(promtool.version, suite.needs)) {
      done += 1;
      const skipped = `needs promtool ${suite.needs.join('.')}, this one is ${promtool.version.join('.')}`;
      return { ...file, failures: [], skipped, unsteady: false, milliseconds: 0, raw: '' };
    }
    tell();
    const result = await runScenarios({ promtool, signal }, suite, scenarios);
    done += 1;
    tell();
    const { status, stdout, stderr, milliseconds, timedOut } = result;
    const raw = stdout + stderr;
    const common = { ...file, skipped: undefined, unsteady: false, milliseconds, raw };
    if (status === 0) return { ...common, failures: [] };
    const complained = complaintsOf(stderr).length > 0;
    const failures = await failuresOf({ promtool, signal }, file, stderr);
    if (failures.length > 0) return { ...common, failures };
    if (complained) return { ...common, failures, unsteady: true };
    const what = timedOut
      ? `promtool did not end within ${deadline / 1000} s`
      : `promtool ended with ${status ?? 'a signal'} and did not say why`;
    return { ...common, failures: [failureOf({ kind: 'fault', text: what })] };
  });
}
