import { spawn } from 'node:child_process';
import { existsSync, readlinkSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { descends, ownProcesses, processRows } from '../../../src/runtime/gpu/processes.js';

const isHost = existsSync('/proc/self/ns/pid') && readlinkSync('/proc/self/ns/pid') === 'pid:[4026531836]';

describe('whose process it is', () => {
  const parents: Readonly<Record<number, number>> = { 30: 20, 20: 10, 40: 1, 51: 50, 50: 51 };
  const parent = (pid: number): number | undefined => parents[pid];

  test.each([
    ['itself', 10, true],
    ['a child', 20, true],
    ['a grandchild', 30, true],
    ['one of another program', 40, false],
    ['one that has gone', 99, false],
    ['a circle, as of numbers that were given anew', 50, false],
  ])('%s', (_, pid, is) => {
    expect(descends(pid, 10, parent)).toBe(is);
  });

  test('is read from the processes that run, and not told where their numbers are those of a container', () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const isOwn = ownProcesses();
    const [own, others] = isHost ? [true, false] : [undefined, undefined];
    expect([process.pid, child.pid ?? 0, process.ppid, 1].map((pid) => isOwn?.(pid))).toEqual([
      own,
      own,
      others,
      others,
    ]);
  });

  test('memory is added up, and is 0 only where processes were told', () => {
    const processes = [
      { pid: 10, used: 1 },
      { pid: 20, used: 2 },
      { pid: 40, used: 4 },
    ];
    expect(processRows(processes, (pid) => pid < 30)).toEqual([
      [{ process: 'self' }, 3],
      [{ process: 'other' }, 4],
    ]);
    expect(processRows([], () => true)).toEqual([
      [{ process: 'self' }, 0],
      [{ process: 'other' }, 0],
    ]);
    expect(processRows(undefined, () => true)).toEqual([]);
  });
});
