import { spawnSync } from 'node:child_process';

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/**
 * Whether tests that need a program are to be skipped: only outside CI. There the programs have been installed, so that a missing one
 * must fail and not hide what it would have proven.
 */
export function missingProgram(name: string): boolean {
  return process.env['CI'] === undefined && !hasProgram(name);
}
