import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../src/output/apply.js';
import { planOutput, type WritePlan } from '../../src/output/plan.js';
import { startInProc, startOf } from '../../src/output/process-identity.js';
import { readTree } from '../support/directory.js';
import { filesOf } from './support/files.js';
import { fingerprint, scratchFolder } from './support/scratch.js';
import { pace } from '../support/pace.js';

const scratch = scratchFolder('apply');
const work = '.obs-gen.tmp';
let out = '';
let count = 0;
beforeEach(() => {
  count += 1;
  out = join(scratch, `out-${count}`);
});

function plan(seed: number): WritePlan {
  const { value, diagnostics } = planOutput(filesOf(seed, 12), out);
  if (value === undefined || diagnostics.length > 0)
    throw new Error(diagnostics.map((each) => each.message).join('\n'));
  return value;
}

async function codesOf(planned: WritePlan, waitMs = 100): Promise<string[]> {
  const { value, diagnostics } = await applyPlan(planned, { waitMs });
  expect(value === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map((each) => each.code);
}

/** A lock as a build puts it down: process, start, host and a number of its own. */
function lockFile(pid: number, start: string, host?: string): string {
  mkdirSync(join(out, work), { recursive: true });
  const path = join(out, work, `lock.${pid}.${start}.${host ?? thisHost()}.0123456789abcdef`);
  writeFileSync(path, '');
  return path;
}

/** The host's part of a lock's name, read from a real one. */
let host: string | undefined;
function thisHost(): string {
  if (host === undefined) throw new Error('no lock was seen yet');
  return host;
}

describe('the lock', () => {
  it('is there while a build writes, names process and start, and is gone afterwards', async () => {
    const applied = applyPlan(plan(1));
    const [name = ''] = readdirSync(join(out, work));
    expect(name).toMatch(/^lock\.\d+\.[0-9A-Za-z]+\.[0-9a-f]{8}\.[0-9a-f]{16}$/);
    expect(name.split('.').slice(1, 3)).toEqual([String(process.pid), startOf(process.pid)]);
    host = name.split('.')[3];
    expect((await applied).diagnostics).toEqual([]);
    expect(existsSync(join(out, work))).toBe(false);
  });

  it('of a live process is respected, and nothing is touched', async () => {
    await applyPlan(plan(1));
    const lock = lockFile(process.pid, startOf(process.pid) ?? '');
    const before = fingerprint(out);
    const planned = plan(2);
    const started = performance.now();
    expect(await codesOf(planned, 300)).toEqual(['OBS4105']);
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
    expect(existsSync(lock)).toBe(true);
    const after = fingerprint(out);
    for (const [path, print] of before) if (path !== work) expect(after.get(path)).toBe(print);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });

  it('that is given back in time is waited for', async () => {
    const lock = lockFile(process.pid, startOf(process.pid) ?? '');
    setTimeout(() => {
      rmSync(lock);
    }, 200);
    expect(await codesOf(plan(1), 5000)).toEqual([]);
  });

  it('of a process that is dead is taken over in less than a second', async () => {
    const dead = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
    await new Promise((resolve) => dead.on('exit', resolve));
    lockFile(dead.pid ?? 0, '12345');
    const started = performance.now();
    expect(await codesOf(plan(1))).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000 * pace());
    expect(existsSync(join(out, work))).toBe(false);
  });

  it('of a process whose number was given to another is taken over', async () => {
    lockFile(process.pid, `${Number(startOf(process.pid)) - 1}`);
    expect(await codesOf(plan(1))).toEqual([]);
  });

  it('of another machine counts for ten minutes', async () => {
    const path = lockFile(1, '1', 'deadbeef');
    expect(await codesOf(plan(1))).toEqual(['OBS4105']);
    const old = new Date(Date.now() - 11 * 60_000);
    utimesSync(path, old, old);
    expect(await codesOf(plan(1))).toEqual([]);
  });

  it('is not waited for where somebody removes the output directory', async () => {
    lockFile(process.pid, startOf(process.pid) ?? '');
    const applied = applyPlan(plan(1), { waitMs: 20_000 });
    setTimeout(() => {
      rmSync(out, { recursive: true });
    }, 50);
    const { diagnostics } = await applied;
    expect(diagnostics.map((each) => [each.code, each.message.slice(-8)])).toEqual([['OBS4107', '(ENOENT)']]);
  });

  it("leaves alone what is not a build's", async () => {
    mkdirSync(join(out, work), { recursive: true });
    writeFileSync(join(out, work, 'notes.txt'), 'mine');
    writeFileSync(join(out, work, '0123456789abcdef.3.tmp'), 'left by a killed build');
    expect(await codesOf(plan(1))).toEqual([]);
    expect(readdirSync(join(out, work))).toEqual(['notes.txt']);
  });

  it('keeps two builds of one process apart, of the same files and of different ones', async () => {
    const [a, b, c] = await Promise.all([applyPlan(plan(1)), applyPlan(plan(1)), applyPlan(plan(2))]);
    const done = [a, b, c].map((each) => each.value !== undefined);
    expect(done.filter(Boolean).length).toBeGreaterThan(0);
    for (const { value, diagnostics } of [a, b, c])
      if (value === undefined) expect(diagnostics[0]?.code).toBe('OBS4105');
    expect(a.value !== undefined || b.value !== undefined).toBe(c.value === undefined);
  });
});

describe('the start of a process', () => {
  it('is read behind a name with blanks and parentheses', () => {
    const fields = Array.from({ length: 50 }, (_, index) => String(index + 3));
    expect(startInProc(`42 (a) b (c)) S ${fields.slice(1).join(' ')}`)).toBe('22');
    expect(startInProc(`42 (x) Z ${fields.slice(1).join(' ')}`)).toBeUndefined();
  });

  it('is the same each time for a live process and none for a dead one', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    const start = startOf(pid);
    expect(start).toBeDefined();
    expect(startOf(pid)).toBe(start);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('exit', resolve));
    expect(startOf(pid)).toBeUndefined();
  });
});

describe('a plan that has gone stale', () => {
  const path = filesOf(1, 12)[0]?.path ?? '';

  async function unchangedBy(change: () => void, expected: string): Promise<void> {
    await applyPlan(plan(1));
    const planned = plan(2);
    change();
    const before = fingerprint(out);
    expect(await codesOf(planned)).toEqual([expected]);
    const after = fingerprint(out);
    // The lock came and went, which the directory's own times tell; nothing else did.
    for (const [each, print] of before)
      if (each !== '') expect([each, after.get(each)]).toEqual([each, print]);
    expect([...after.keys()]).toEqual([...before.keys()]);
  }

  it('is refused where a file was edited', () =>
    unchangedBy(() => {
      writeFileSync(join(out, path), 'edited\n');
    }, 'OBS4103'));

  it('is refused where a file was removed', () =>
    unchangedBy(() => {
      rmSync(join(out, path));
    }, 'OBS4103'));

  it('is refused where a file has become a folder', () =>
    unchangedBy(() => {
      rmSync(join(out, path));
      mkdirSync(join(out, path));
    }, 'OBS4106'));

  it('is refused where an unchanged file was edited', () =>
    unchangedBy(() => {
      writeFileSync(join(out, filesOf(1, 12)[4]?.path ?? ''), 'edited\n');
    }, 'OBS4103'));

  it('is refused where a new file has come', async () => {
    const planned = plan(1);
    mkdirSync(join(out, 'part-1'), { recursive: true });
    const file = filesOf(1, 12)[1]?.path ?? '';
    writeFileSync(join(out, file), 'mine\n');
    expect(await codesOf(planned)).toEqual(['OBS4103']);
    expect(readTree(out)).toEqual(new Map([[file, 'mine\n']]));
  });

  it('is refused where another build of other files came first, and no tree is a mixture', async () => {
    await applyPlan(plan(1));
    const planned = plan(2);
    await applyPlan(plan(3));
    const tree = readTree(out);
    expect(await codesOf(planned)).toEqual(['OBS4105']);
    expect(readTree(out)).toEqual(tree);
  });

  it('is done already where another build of the same files came first', async () => {
    await applyPlan(plan(1));
    const planned = plan(2);
    await applyPlan(plan(2));
    const before = fingerprint(out);
    const { value } = await applyPlan(planned);
    expect(value).toMatchObject({ written: [], removed: [] });
    const after = fingerprint(out);
    for (const [each, print] of before) if (each !== '') expect(after.get(each)).toBe(print);
  });
});
