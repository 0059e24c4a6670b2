import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/output/apply.js';
import { isCurrent } from '../../src/output/check.js';
import { planOutput } from '../../src/output/plan.js';
import { startBuild, type BuildResult } from '../output/support/child.js';
import { compileOutput } from '../output/support/compiled.js';
import { filesOf } from '../output/support/files.js';
import { scratchFolder } from '../output/support/scratch.js';
import { readTree } from '../support/directory.js';
import { isLong } from '../support/long.js';

const scratch = scratchFolder('parallel');
const compiled = compileOutput(join(scratch, 'compiled'));
// A long run: DISK_ROUNDS=25 npx vitest run test/faults/disk-parallel.test.ts
const rounds = Number(process.env['DISK_ROUNDS'] ?? (isLong ? 25 : 4));

async function clean(seed: number): Promise<Map<string, string>> {
  const out = mkdtempSync(join(scratch, 'clean-'));
  const { value } = planOutput(filesOf(seed, 40), out);
  if (value !== undefined) await applyPlan(value);
  return readTree(out);
}

/** Eight builds that have all planned on the same tree, let go at once. */
async function eightAtOnce(out: string, seedOf: (index: number) => number): Promise<readonly BuildResult[]> {
  const running = Array.from({ length: 8 }, (_, index) =>
    startBuild(compiled, { out, files: filesOf(seedOf(index), 40), pause: true, waitMs: 20_000 }),
  );
  await Promise.all(running.map((each) => each.planned));
  for (const each of running) each.goOn();
  return Promise.all(running.map((each) => each.result));
}

describe('eight builds at once', () => {
  it(
    `of two specs end with one tree or the other, ${rounds} times`,
    { timeout: rounds * 30_000 },
    async () => {
      const trees = [await clean(1), await clean(2)];
      const out = join(scratch, 'two');
      for (let round = 0; round < rounds; round += 1) {
        // Half of the rounds start with nothing, half with what the round before left.
        if (round % 2 === 0) rmSync(out, { recursive: true, force: true });
        const results = await eightAtOnce(out, (index) => 1 + (index % 2));
        for (const { code, codes, stderr } of results) {
          expect([code, codes, stderr]).toEqual(code === 0 ? [0, [], ''] : [1, ['OBS4105'], '']);
        }
        expect(results.some(({ code }) => code === 0)).toBe(true);
        const tree = readTree(out);
        expect(trees).toContainEqual(tree);
        expect(existsSync(join(out, '.obs-gen.tmp'))).toBe(false);
      }
    },
  );

  it('of one spec all succeed, and the files are written once', async () => {
    const out = join(scratch, 'one');
    const results = await eightAtOnce(out, () => 1);
    for (const { code, codes } of results) expect([code, codes]).toEqual([0, []]);
    expect(results.map(({ written }) => written?.length).sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 41].sort());
    const { value } = planOutput(filesOf(1, 40), out);
    expect(value !== undefined && isCurrent(value)).toBe(true);
  });
});
