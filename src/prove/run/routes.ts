import { inParallel } from './pool.js';
import { runProgram } from './process.js';
import type { Program } from './programs.js';
import type { RunOptions } from './rule-tests.js';

/** Who is to be told of an alert with these labels. */
export interface RouteExpectation {
  readonly labels: ReadonlyMap<string, string>;
  readonly receivers: readonly string[];
}

/** What amtool says to the file of Alertmanager. */
export interface RouteResult {
  /** How many sets of labels were tried. */
  readonly tried: number;
  /** What is wrong: with the file, or with where an alert goes. */
  readonly faults: readonly string[];
}

/** Milliseconds that amtool may take. */
const deadline = 30_000;

function labelArguments(labels: ReadonlyMap<string, string>): readonly string[] {
  return [...labels].map(([label, value]) => `${label}=${value}`);
}

/**
 * `amtool check-config`, and `amtool config routes test` for every expectation.
 * @param path of the file of Alertmanager
 */
export async function testRoutes(
  amtool: Program,
  path: string,
  expectations: readonly RouteExpectation[],
  { jobs, signal }: RunOptions,
): Promise<RouteResult> {
  const run = (args: readonly string[]) => runProgram({ program: amtool.path, args, deadline, signal });
  const config = await run(['check-config', path]);
  if (config.status !== 0) {
    const lines = `${config.stdout}\n${config.stderr}`.split('\n').map((line) => line.trim());
    // What is wrong stands behind the word, on the line that names the file: `Checking 'alertmanager.yaml'  FAILED: …`.
    const reasons = lines.map((line) => line.replace(/^Checking .*?FAILED:\s*/, ''));
    return { tried: 0, faults: reasons.filter((line) => line !== '' && !line.startsWith('amtool: error')) };
  }
  const faults = await inParallel(expectations, jobs, async ({ labels, receivers }) => {
    const verify = `--verify.receivers=${receivers.join(',')}`;
    const result = await run([
      'config',
      'routes',
      'test',
      `--config.file=${path}`,
      verify,
      ...labelArguments(labels),
    ]);
    if (result.status === 0) return [];
    const got = result.stdout.trim().split('\n').at(0) ?? '';
    const reason = result.stderr.trim().split('\n').at(-1) ?? '';
    return [
      `an alert with ${labelArguments(labels).join(', ')} goes to ${got === '' ? reason : got}, not to ${receivers.join(', ')}`,
    ];
  });
  return { tried: expectations.length, faults: faults.flat() };
}
