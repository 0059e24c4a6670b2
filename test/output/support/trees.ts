import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../../../src/emit/emitter.js';
import { applyPlan } from '../../../src/output/apply.js';
import { planOutput } from '../../../src/output/plan.js';
import { readTree } from '../../support/directory.js';
import { seedOf } from './files.js';

/** Plans and applies; throws where either is refused. */
export async function build(out: string, files: readonly OutputFile[]): Promise<void> {
  const planned = planOutput(files, out);
  if (planned.value === undefined) throw new Error(planned.diagnostics[0]?.message);
  const { value, diagnostics } = await applyPlan(planned.value);
  if (value === undefined) throw new Error(diagnostics[0]?.message);
}

/** What a build leaves in an empty directory, which every other build has to come to. */
export async function cleanTree(scratch: string, files: readonly OutputFile[]): Promise<Map<string, string>> {
  const out = mkdtempSync(join(scratch, 'clean-'));
  await build(out, files);
  const tree = readTree(out);
  rmSync(out, { recursive: true });
  return tree;
}

/** Paths of files that are neither one build's nor another's. */
export function tornIn(tree: Iterable<readonly [path: string, content: string]>): string[] {
  return [...tree]
    .filter(([path, content]) => !path.startsWith('.obs-gen') && seedOf(path, content) === undefined)
    .map(([path]) => path);
}
