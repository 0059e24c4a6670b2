import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../src/prove/run/pool.js';
import { Interrupted, runProgram } from '../../../src/prove/run/process.js';
import { findProgram, isAtLeast } from '../../../src/prove/run/programs.js';

const node = process.execPath;

function script(text: string): readonly string[] {
  return ['-e', text];
}

describe('a program', () => {
  it('is run to its end', async () => {
    const args = script('console.log(1); console.error(2); process.exitCode = 3');
    const result = await runProgram({ program: node, args, deadline: 30_000 });
    expect(result).toMatchObject({ status: 3, stdout: '1\n', stderr: '2\n', timedOut: false });
  });

  it('is killed at its deadline', async () => {
    const args = script('setInterval(() => {}, 1000)');
    const result = await runProgram({ program: node, args, deadline: 100 });
    expect(result).toMatchObject({ status: undefined, timedOut: true });
  });

  it('is killed when the run is interrupted, and not started afterwards', async () => {
    const ended = new AbortController();
    const run = {
      program: node,
      args: script('setInterval(() => {}, 1000)'),
      deadline: 30_000,
      signal: ended.signal,
    };
    const running = runProgram(run);
    setTimeout(() => {
      ended.abort();
    }, 50);
    await expect(running).rejects.toThrow(Interrupted);
    await expect(runProgram(run)).rejects.toThrow(Interrupted);
  });

  it('that is not there is said to be missing, with the way out', async () => {
    const missing = await findProgram('promtool', { ...process.env, PROMTOOL: '/nowhere/promtool' });
    expect(missing).toMatchObject({ name: 'promtool', reason: 'there is no /nowhere/promtool' });
    expect('help' in missing ? missing.help.join('\n') : '').toContain('apt-get install prometheus');
  });

  it('that is another one is said to be none', async () => {
    expect(await findProgram('amtool', { ...process.env, AMTOOL: node })).toMatchObject({
      reason: `${node} does not say its version`,
    });
  });

  it('is compared by its version', () => {
    expect(isAtLeast([2, 42, 0], [2, 42])).toBe(true);
    expect(isAtLeast([3, 0, 1], [2, 42])).toBe(true);
    expect(isAtLeast([2, 42, 0], [3, 0])).toBe(false);
  });
});

describe('work in parallel', () => {
  it('is bounded, and keeps its order', async () => {
    let now = 0;
    let most = 0;
    const results = await inParallel([5, 1, 3, 2, 4], 2, async (item) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, item));
      now -= 1;
      return item * 2;
    });
    expect(results).toEqual([10, 2, 6, 4, 8]);
    expect(most).toBe(2);
  });

  it('ends with the first failure, after what has begun', async () => {
    const begun: number[] = [];
    const run = inParallel([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (item === 1) throw new Error('first');
    });
    await expect(run).rejects.toThrow('first');
    expect(begun).not.toContain(5);
  });
});
