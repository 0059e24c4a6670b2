import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { missingProgram } from './program.js';

/** Tests that need amtool: skipped, visibly, where it is missing; on CI that is a failure. */
export const describeWithAmtool = describe.skipIf(missingProgram('amtool'));

export interface AmtoolResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs amtool in a folder that exists for this call only and holds the configuration as `alertmanager.yaml`. */
export function amtool(args: readonly string[], config: string): AmtoolResult {
  const directory = mkdtempSync(join(tmpdir(), 'obs-gen-amtool-'));
  try {
    writeFileSync(join(directory, 'alertmanager.yaml'), config);
    const run = spawnSync('amtool', [...args], { cwd: directory, encoding: 'utf8' });
    if (run.error !== undefined)
      throw new Error('amtool cannot be run: apt-get install prometheus-alertmanager', { cause: run.error });
    return { status: run.status, output: `${run.stdout}${run.stderr}` };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
