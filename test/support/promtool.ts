import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { missingProgram } from './program.js';

/** Tests that need promtool: skipped, visibly, where it is missing; on CI that is a failure. */
export const describeWithPromtool = describe.skipIf(missingProgram('promtool'));

/** promtool lives for seconds: collecting its garbage less often saves a quarter of its time, for a hundred megabytes. */
export const promtoolEnvironment: NodeJS.ProcessEnv = { GOGC: '400', ...process.env };

export interface PromtoolResult {
  readonly status: number | null;
  readonly output: string;
}

/** Runs promtool on files that exist for this call only; `args` may name them. */
export function promtool(args: readonly string[], files: Readonly<Record<string, string>>): PromtoolResult {
  const directory = mkdtempSync(join(tmpdir(), 'obs-gen-promtool-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
    const run = spawnSync('promtool', [...args], {
      cwd: directory,
      encoding: 'utf8',
      env: promtoolEnvironment,
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.error !== undefined)
      throw new Error('promtool cannot be run: apt-get install prometheus', { cause: run.error });
    return { status: run.status, output: `${run.stdout}${run.stderr}` };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * Which of many expressions Prometheus refuses, with its reason. The names of the rules are the indices; JSON is YAML.
 */
export function refusals(expressions: readonly string[]): ReadonlyMap<number, string> {
  const rules = expressions.map((expr, index) => ({ record: `r${index}`, expr }));
  const { output } = promtool(['check', 'rules', 'rules.json'], {
    'rules.json': JSON.stringify({ groups: [{ name: 'g', rules }] }),
  });
  const found = new Map<number, string>();
  for (const [, rule, reason] of output.matchAll(
    /group "g", rule (\d+), "r\d+": ([^\n]*(?:\n(?!rules\.json)[^\n]+)*)/g,
  )) {
    found.set(Number(rule) - 1, reason ?? '');
  }
  return found;
}
