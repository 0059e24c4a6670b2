import { Interrupted, runProgram } from './process.js';

/** The programs that prove what was generated. */
export type ProgramName = 'promtool' | 'amtool';

export type Version = readonly [major: number, minor: number, patch: number];

/** A program that can be run. */
export interface Program {
  readonly name: ProgramName;
  /** As it is called: a path, or a name that is on the PATH. */
  readonly path: string;
  readonly version: Version;
}

/** A program that cannot, and the way out, line by line. */
export interface MissingProgram {
  readonly name: ProgramName;
  readonly reason: string;
  readonly help: readonly string[];
}

export function isMissing(found: Program | MissingProgram): found is MissingProgram {
  return 'reason' in found;
}

const variables: Readonly<Record<ProgramName, string>> = { promtool: 'PROMTOOL', amtool: 'AMTOOL' };

const installation: Readonly<Record<ProgramName, string>> = {
  promtool:
    'it comes with Prometheus: `apt-get install prometheus`, `brew install prometheus`, or prometheus.io/download',
  amtool:
    'it comes with Alertmanager: `apt-get install prometheus-alertmanager`, `brew install alertmanager`, or prometheus.io/download',
};

/** A program says its version within this time, milliseconds. */
const patience = 10_000;

/** `2.42.0` in "promtool, version 2.42.0+ds (branch: …". */
function versionIn(text: string): Version | undefined {
  const [, major, minor, patch] = /version v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch ?? 0)];
}

/** Looks for a program: where the environment says (`PROMTOOL`, `AMTOOL`), else on the PATH. */
export async function findProgram(
  name: ProgramName,
  env: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<Program | MissingProgram> {
  const variable = variables[name];
  const given = env[variable];
  const path = given === undefined || given === '' ? name : given;
  const missing = (reason: string): MissingProgram => ({
    name,
    reason,
    help: [
      installation[name],
      path === name
        ? `where it is not on the PATH, name it: ${variable}=/path/to/${name}`
        : `${variable} is set to ${path}`,
    ],
  });
  try {
    const { stdout, stderr } = await runProgram({
      program: path,
      args: ['--version'],
      deadline: patience,
      signal,
    });
    const version = versionIn(stdout + stderr);
    return version === undefined ? missing(`${path} does not say its version`) : { name, path, version };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const { code } = error as NodeJS.ErrnoException;
    return missing(
      code === 'ENOENT' ? `there is no ${path}` : `${path} cannot be run: ${code ?? String(error)}`,
    );
  }
}

/** Whether a version is the one that is needed, or newer. */
export function isAtLeast(
  version: Version,
  [major, minor]: readonly [major: number, minor: number],
): boolean {
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
