import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { OutputFile } from '../../src/emit/emitter.js';
import { strikeEachStep, runBuild, startBuild, strikePreload } from '../output/support/child.js';
import { compileOutput } from '../output/support/compiled.js';
import { contentOf, filesOf } from '../output/support/files.js';
import { scratchFolder } from '../output/support/scratch.js';
import { build, cleanTree, tornIn } from '../output/support/trees.js';
import { readTree } from '../support/directory.js';

const scratch = scratchFolder('crash');
const compiled = compileOutput(join(scratch, 'compiled'));
const work = '.obs-gen.tmp';
const clean = (files: readonly OutputFile[]): Promise<Map<string, string>> => cleanTree(scratch, files);

/** A tree and what it is changed to: some files updated, some removed with their folders, some new. */
const before = filesOf(1, 5);
const after = [
  ...filesOf(2, 3),
  { path: 'new/folder/file.txt', content: contentOf(2, 'new/folder/file.txt') },
];

describe('kill -9 at each single step of a build', () => {
  it('leaves whole files, and the next build is as if nothing had been', async () => {
    const start = join(scratch, 'start');
    await build(start, before);
    const wanted = await clean(after);
    const back = await clean(before);
    let killed = 0;
    for (let step = 1; ; step += 1) {
      const out = join(scratch, 'step');
      cpSync(start, out, { recursive: true });
      const result = await runBuild(
        compiled,
        { out, files: after },
        {
          preload: strikePreload,
          env: { STRIKE_AT: String(step) },
        },
      );
      if (result.signal === null) {
        expect(result.stderr).toMatch(/only \d+ steps/);
        expect(result.code).toBe(0);
        rmSync(out, { recursive: true });
        break;
      }
      killed += 1;
      expect([step, tornIn(readTree(out))]).toEqual([step, []]);
      // Forward to what was wanted, or back to what was: neither is refused, and neither leaves a trace of the other.
      const [files, tree] = step % 2 === 0 ? [after, wanted] : [before, back];
      await build(out, files);
      expect(readTree(out)).toEqual(tree);
      expect(existsSync(join(out, work))).toBe(false);
      rmSync(out, { recursive: true });
    }
    expect(killed).toBeGreaterThan(35);
  });
});

describe('the system refuses at each single step of a build', () => {
  it.each([
    ['of a tree that exists', 'ENOSPC', before],
    ['of a tree that exists', 'EACCES', before],
    ['of the first tree', 'EIO', []],
  ])('%s: %s is told with its path, and the next build is as if nothing had been', async (_, errno, old) => {
    const folder = mkdtempSync(join(scratch, 'refused-'));
    const steps = await strikeEachStep(compiled, { folder, before: old, after, strike: { refuse: errno } });
    const start = [...readTree(join(folder, 'start'))];
    const wanted = [...(await clean(after))];
    let committing = false;
    for (const { step, name, codes, messages, exists, tree, next } of steps) {
      committing ||= name === 'renameSync';
      expect([step, next]).toEqual([step, wanted]);
      if (codes.length === 0) {
        // Nothing was refused, or only some tidying up, and the work is done all the same.
        const work = tree.filter(([path]) => !path.startsWith('.obs-gen.tmp/'));
        expect([step, name, work]).toEqual([step, name, wanted]);
      } else {
        expect([step, codes]).toEqual([step, ['OBS4107']]);
        expect(messages[0]).toContain(`(${errno})`);
        expect(messages[0]).toContain(folder);
        // Until the first rename the old tree is as it was, and after it each file is whole.
        if (!committing) expect([step, name, exists, tree]).toEqual([step, name, old.length > 0, start]);
      }
      expect([step, tornIn(tree)]).toEqual([step, []]);
    }
    expect(steps.at(-1)).toMatchObject({ codes: [] });
    expect(steps.filter(({ codes }) => codes.length > 0).length).toBeGreaterThan(20);
    expect(steps.filter(({ name }) => name === 'renameSync').length).toBeGreaterThanOrEqual(5);
  });
});

describe('somebody interferes at each single step of a build', () => {
  const path = 'part-1/file-1.txt';

  // Without /proc, folders cannot be held open, and what is left is a look before each step.
  const canHold = existsSync('/proc/self/fd');

  it.skipIf(!canHold)(
    'by putting a link in the place of a folder: what it leads to is never touched (needs /proc)',
    async () => {
      const folder = mkdtempSync(join(scratch, 'swapped-'));
      const steps = await strikeEachStep(compiled, { folder, before, after, strike: { swap: 'part-1' } });
      for (const { step, name, codes, target } of steps) {
        expect([step, name, target.filter(([, content]) => content !== 'theirs\n')]).toEqual([
          step,
          name,
          [],
        ]);
        expect(target.length).toBe(6);
        for (const code of codes) expect(['OBS4103', 'OBS4106', 'OBS4107']).toContain(code);
      }
      expect(steps.length).toBeGreaterThan(40);
      expect(steps.filter(({ codes }) => codes.includes('OBS4106')).length).toBeGreaterThan(20);
    },
  );

  it('by editing a file: until the files are put in place the edit stops the build', async () => {
    const folder = mkdtempSync(join(scratch, 'edited-'));
    const steps = await strikeEachStep(compiled, { folder, before, after, strike: { edit: path } });
    const first = steps.findIndex(({ name }) => name === 'renameSync');
    // The last look at the files opens each of them, after the last temporary file is on disk.
    const staged = steps.slice(0, first).findLastIndex(({ name }) => name === 'fsyncSync');
    expect(staged).toBeGreaterThan(10);
    const start = new Map(readTree(join(folder, 'start'))).set(path, 'edited by hand\n');
    for (const { step, codes, tree } of steps.slice(0, staged + 1)) {
      expect([step, codes]).toEqual([step, ['OBS4103']]);
      expect([step, tree]).toEqual([step, [...start]]);
    }
  });
});

describe('Ctrl-C and termination', () => {
  it.each([
    ['SIGINT', 0],
    ['SIGTERM', 2],
    ['SIGHUP', 5],
  ] as const)('%s lets the build finish and then ends the process', async (signal, delay) => {
    const out = join(scratch, `signal-${signal}`);
    await build(out, filesOf(1, 300));
    const files = filesOf(2, 300);
    const running = startBuild(compiled, { out, files, pause: true });
    await running.planned;
    running.goOn();
    // The work folder is the sign that it has begun.
    while (!existsSync(join(out, work))) await sleep(1);
    await sleep(delay);
    running.child.kill(signal);
    const result = await running.result;
    expect(result.signal).toBe(signal);
    expect(result.stderr).toBe('');
    expect(readTree(out)).toEqual(await clean(files));
    expect(existsSync(join(out, work))).toBe(false);
  });

  it('of a build that waits for another ends the waiting', async () => {
    const out = join(scratch, 'waiting');
    await build(out, filesOf(1, 3));
    const old = readTree(out);
    const running = startBuild(compiled, { out, files: filesOf(2, 3), pause: true, waitMs: 60_000 });
    await running.planned;
    const { acquireLock } = await import('../../src/output/lock.js');
    const { openRoot, closeFolder } = await import('../../src/output/folder.js');
    const root = openRoot(out, out);
    const lock = await acquireLock(root, out, 1000, () => false);
    running.goOn();
    await sleep(300);
    running.child.kill('SIGINT');
    const result = await running.result;
    expect(result.signal).toBe('SIGINT');
    lock?.release();
    closeFolder(root);
    expect(readTree(out)).toEqual(old);
    writeFileSync(join(out, 'note.txt'), 'the directory is as usable as ever\n');
    await build(out, filesOf(2, 3));
    expect(existsSync(join(out, work))).toBe(false);
  });
});
