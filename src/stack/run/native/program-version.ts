import { runProgram } from '../../../prove/run/process.js';

/** A program says its version within this time, milliseconds. */
const patience = 10_000;

/** `2.42.0` of a program that answers to `--version` as those of the Prometheus project do; undefined where it does not. */
export async function programVersion(program: string, signal: AbortSignal): Promise<string | undefined> {
  const { stdout, stderr } = await runProgram({
    program,
    args: ['--version'],
    deadline: patience,
    signal,
  });
  return /version v?(\d+\.\d+(?:\.\d+)?)/.exec(stdout + stderr)?.[1];
}
