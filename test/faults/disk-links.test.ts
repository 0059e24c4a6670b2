import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OutputFile } from '../../src/emit/emitter.js';
import { applyPlan } from '../../src/output/apply.js';
import { planOutput } from '../../src/output/plan.js';
import { startBuild } from '../output/support/child.js';
import { compileOutput } from '../output/support/compiled.js';
import { contentOf } from '../output/support/files.js';
import { fingerprint, scratchFolder } from '../output/support/scratch.js';
import { isLong } from '../support/long.js';

const scratch = scratchFolder('links');
const compiled = compileOutput(join(scratch, 'compiled'));
let world = '';
let out = '';
let target = '';
let count = 0;

/** `target` is a folder of somebody else, to which links in the output directory lead. */
beforeEach(() => {
  count += 1;
  world = join(scratch, `world-${count}`);
  out = join(world, 'out');
  target = join(world, 'target');
  mkdirSync(target, { recursive: true });
  mkdirSync(out);
  for (const name of ['a.txt', 'b.txt', 'victim']) writeFileSync(join(target, name), 'theirs\n');
  mkdirSync(join(target, 'empty'));
});

function filesOf(seed: number): OutputFile[] {
  return ['docs/a.txt', 'docs/deep/b.txt', 'top.txt'].map((path) => ({
    path,
    content: contentOf(seed, path),
  }));
}

async function build(seed: number, force: readonly string[] = []): Promise<string[]> {
  const planned = planOutput(filesOf(seed), out, { force });
  if (planned.value === undefined) return planned.diagnostics.map((each) => each.code);
  const applied = await applyPlan(planned.value, { waitMs: 0 });
  return applied.diagnostics.map((each) => each.code);
}

describe('a symbolic link below the output directory', () => {
  it.each([
    ['in place of a file', 'top.txt', 'victim'],
    ['in place of a file, leading nowhere', 'top.txt', 'nothing'],
    ['in place of a folder', 'docs', '.'],
    ['in place of a folder further down', 'docs/deep', '.'],
    ['in place of the manifest', '.obs-gen.json', 'victim'],
    ['in place of the folder for temporary files', '.obs-gen.tmp', '.'],
  ])('%s is refused, forced or not, and what it leads to is untouched', async (_, path, leadsTo) => {
    await build(1);
    rmSync(join(out, path), { recursive: true, force: true });
    symlinkSync(join(target, leadsTo), join(out, path));
    const before = fingerprint(world);
    // Without its manifest, a build no longer knows its own files either.
    expect(await build(2)).toContain('OBS4106');
    expect(await build(2, ['top.txt', 'docs/a.txt', 'docs/deep/b.txt'])).toEqual(['OBS4106']);
    const after = fingerprint(world);
    // Locking touches the times of the output directory itself; nothing else has changed.
    for (const [each, print] of before)
      if (each !== 'out') expect([each, after.get(each)]).toEqual([each, print]);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it.each([
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a directory', (path: string) => mkdirSync(path, { recursive: true })],
  ])('is not the only thing refused: so is %s', async (what, make) => {
    make(join(out, 'top.txt'));
    const { diagnostics } = planOutput(filesOf(1), out, { force: ['top.txt'] });
    expect(diagnostics.map((each) => each.code)).toEqual(['OBS4106']);
    expect(diagnostics[0]?.message).toContain(`top.txt\` is ${what}`);
    expect(await build(1)).toEqual(['OBS4106']);
    expect(readdirSync(out)).toEqual(['top.txt']);
  });

  it('at the name of a temporary file is removed, not followed', async () => {
    mkdirSync(join(out, '.obs-gen.tmp'));
    symlinkSync(join(target, 'victim'), join(out, '.obs-gen.tmp', '0123456789abcdef.0.tmp'));
    expect(await build(1)).toEqual([]);
    expect(readFileSync(join(target, 'victim'), 'utf8')).toBe('theirs\n');
    expect(existsSync(join(out, '.obs-gen.tmp'))).toBe(false);
  });

  it('where an old file was is not followed to remove what it leads to', async () => {
    await build(1);
    renameSync(join(out, 'docs'), join(target, 'docs'));
    symlinkSync(join(target, 'docs'), join(out, 'docs'));
    const { value } = planOutput(filesOf(1).slice(2), out);
    if (value === undefined) throw new Error('no plan');
    await applyPlan(value);
    expect(readdirSync(join(target, 'docs')).sort()).toEqual(['a.txt', 'deep']);
    expect(lstatSync(join(out, 'docs')).isSymbolicLink()).toBe(true);
  });
});

/** Whether the system let it happen. */
function attempt(action: () => void): boolean {
  try {
    action();
    return true;
  } catch {
    return false;
  }
}

describe('a link that is swapped in while a build runs', () => {
  // Through descriptors it cannot be followed at any time; without them a look before each step has to do.
  const swaps = Number(process.env['DISK_SWAPS'] ?? (isLong ? 50 : 12));

  it.skipIf(!existsSync('/proc/self/fd'))(
    `never leads a write outside, ${swaps} builds with hundreds of swaps each (needs /proc)`,
    { timeout: 60_000 + swaps * 3000 },
    async () => {
      const before = fingerprint(target);
      let swapped = 0;
      let refused = 0;
      for (let round = 1; round <= swaps; round += 1) {
        const files = Array.from({ length: 150 }, (_, index) => {
          const path = `docs/${index % 2 === 0 ? 'deep/' : ''}${'ab'[index % 2] ?? ''}${index < 2 ? '' : index}.txt`;
          return { path, content: contentOf(round, path) };
        });
        const running = startBuild(compiled, { out, files, pause: true });
        await running.planned;
        running.goOn();
        // The folder goes aside and a link to somebody else's takes its place, and back, as fast as it can be done.
        while (running.isRunning()) {
          if (
            attempt(() => {
              renameSync(join(out, 'docs'), join(world, 'aside'));
            })
          ) {
            if (
              attempt(() => {
                symlinkSync(target, join(out, 'docs'));
              })
            )
              swapped += 1;
            for (let turn = 0; turn < round % 4; turn += 1)
              await new Promise((resolve) => setImmediate(resolve));
            // The build may have made the folder anew meanwhile, and may do so again.
            do rmSync(join(out, 'docs'), { recursive: true, force: true });
            while (
              !attempt(() => {
                renameSync(join(world, 'aside'), join(out, 'docs'));
              })
            );
          }
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
        }
        const { codes, stderr } = await running.result;
        expect(stderr).toBe('');
        if (codes.length > 0) refused += 1;
        for (const code of codes) expect(['OBS4103', 'OBS4106', 'OBS4107']).toContain(code);
        expect(fingerprint(target)).toEqual(before);
        rmSync(out, { recursive: true });
        mkdirSync(out);
      }
      expect(swapped).toBeGreaterThan(swaps * 5);
      expect(refused).toBeGreaterThan(0);
    },
  );
});
