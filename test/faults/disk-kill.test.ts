import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { planOutput } from '../../src/output/plan.js';
import { startBuild } from '../output/support/child.js';
import { compileOutput } from '../output/support/compiled.js';
import { filesOf, seedOf } from '../output/support/files.js';
import { scratchFolder } from '../output/support/scratch.js';
import { build, cleanTree, tornIn } from '../output/support/trees.js';
import { readTree } from '../support/directory.js';
import { isLong } from '../support/long.js';

const scratch = scratchFolder('kill');
const compiled = compileOutput(join(scratch, 'compiled'));

/** Resolves when a file has been replaced, or the build has ended. */
async function changeOf(path: string, isRunning: () => boolean): Promise<void> {
  const inode = (): number | undefined => statSync(path, { throwIfNoEntry: false })?.ino;
  const old = inode();
  while (isRunning() && inode() === old) await new Promise((resolve) => setImmediate(resolve));
}

describe('kill -9 at random times', () => {
  // A longer run: DISK_KILLS=2000 npx vitest run test/faults/disk-kill.test.ts
  const kills = Number(process.env['DISK_KILLS'] ?? (isLong ? 200 : 20));

  it(`leaves no torn file among 300, ${kills} times`, { timeout: 60_000 + kills * 2000 }, async () => {
    const out = join(scratch, 'random');
    await build(out, filesOf(0, 300));
    let struck = 0;
    let mixed = 0;
    let leftovers = 0;
    for (let round = 1; round <= kills; round += 1) {
      // The number of files varies, so that some come and some go each time.
      const files = filesOf(round, 240 + ((round * 37) % 60));
      const running = startBuild(compiled, { out, files, pause: true });
      await running.planned;
      running.goOn();
      // Every other time from the moment at which the files begin to change, which is short beside the rest.
      if (round % 2 === 0) await changeOf(join(out, '.obs-gen.json'), running.isRunning);
      await sleep(Math.random() * (round % 2 === 0 ? 20 : 180));
      running.child.kill('SIGKILL');
      const { signal } = await running.result;
      if (signal === 'SIGKILL') struck += 1;
      expect([round, tornIn(readTree(out))]).toEqual([round, []]);
      const seeds = new Set([...readTree(out)].map(([path, content]) => seedOf(path, content)));
      seeds.delete('any');
      seeds.delete(undefined);
      if (seeds.size > 1) mixed += 1;
      if (existsSync(join(out, '.obs-gen.tmp'))) leftovers += 1;
      const { diagnostics } = planOutput(files, out);
      expect([round, diagnostics]).toEqual([round, []]);
      if (round % 5 === 0) {
        await build(out, files);
        expect(readTree(out)).toEqual(await cleanTree(scratch, files));
        expect(existsSync(join(out, '.obs-gen.tmp'))).toBe(false);
      }
    }
    // Kills that all come too early or too late would prove nothing.
    expect(struck).toBeGreaterThan(kills / 4);
    expect(leftovers).toBeGreaterThan(kills / 10);
    expect(mixed).toBeGreaterThan(0);
  });
});
