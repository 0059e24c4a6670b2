import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tally } from '../../src/runtime/account.js';
import { compileRuntime } from '../aggregate/compiled-runtime.js';
import { ended, numbersOf, startService } from './service-process.js';

let runtime: ReturnType<typeof compileRuntime>;
let folder = '';
beforeAll(() => {
  runtime = compileRuntime(`logs-${process.pid}`);
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-logs-'));
});
afterAll(() => {
  runtime.remove();
  rmSync(folder, { recursive: true, force: true });
});

const count = 2500;
const all = Array.from({ length: count }, (_, index) => index);

function losses(path: string): number {
  const tallies = JSON.parse(readFileSync(path, 'utf8')) as Tally[];
  return tallies.reduce((sum, tally) => sum + tally.count, 0);
}

describe('no line is lost when the process ends', () => {
  test.each([
    ['exit', 3, null],
    ['end', 0, null],
    ['throw', 1, null],
    ['reject', 1, null],
    ['handled', 0, null],
    ['flushed', null, 'SIGKILL'],
    ['fatal', null, 'SIGKILL'],
    ['worker', 0, null],
  ])('by %s', async (mode, code, signal) => {
    const result = await ended(startService(runtime.folder, mode, count));
    expect(result.code).toBe(code);
    expect(result.signal).toBe(signal);
    expect(numbersOf(result.lines)).toEqual(all);
    if (mode === 'fatal') expect(result.lines.at(-1)).toContain('"level":"fatal"');
    if (mode === 'throw') expect(result.errors).toContain('nobody catches this');
  });
});

describe('standard output', () => {
  test('that nobody reads any more does not end the program, and each line is counted', async () => {
    const path = join(folder, 'gone.json');
    const child = startService(runtime.folder, 'gone', count, { LOSSES: path });
    child.stdout?.destroy();
    const result = await ended(child);
    expect(result.code).toBe(7);
    expect(result.errors).toBe('');
    // What the pipe had taken before its end was closed is not known to be lost.
    expect(losses(path)).toBeGreaterThan(19 * count);
    expect(losses(path)).toBeLessThanOrEqual(20 * count);
  });

  test('that is read slowly holds nobody up; what does not fit is counted exactly', async () => {
    const path = join(folder, 'slow.json');
    const lines = 60_000;
    const child = startService(runtime.folder, 'slow', lines, { LOSSES: path });
    child.stdout?.pause();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.stdout?.resume();
    const result = await ended(child);
    expect(result.code).toBe(0);
    const arrived = numbersOf(result.lines).length;
    expect(losses(path)).toBeGreaterThan(0);
    expect(arrived + losses(path)).toBe(lines);
    expect(Number(readFileSync(`${path}.time`, 'utf8'))).toBeLessThan(10_000);
  });
});

describe('a file', () => {
  test('is put aside between lines under load, and none of those that are kept lacks a line', async () => {
    const file = join(folder, 'rotated', 'app.log');
    const lines = 8000;
    const limit = 65_536;
    const result = await ended(
      startService(runtime.folder, 'exit', lines, {
        OBSGEN_LOG_OUTPUTS: 'file',
        OBSGEN_LOG_FILE: file,
        OBSGEN_LOG_FILE_BYTES: String(limit),
        OBSGEN_LOG_FILE_KEEP: '3',
      }),
    );
    expect(result.lines).toEqual([]);
    expect(readdirSync(join(folder, 'rotated')).sort()).toEqual([
      'app.log',
      'app.log.1',
      'app.log.2',
      'app.log.3',
    ]);
    const kept = ['.3', '.2', '.1', ''].flatMap((suffix) => {
      expect(statSync(file + suffix).size).toBeLessThanOrEqual(limit);
      return readFileSync(file + suffix, 'utf8')
        .trimEnd()
        .split('\n');
    });
    const numbers = numbersOf(kept);
    expect(numbers.length).toBeGreaterThan(1000);
    expect(numbers).toEqual(Array.from(numbers, (_, index) => lines - numbers.length + index));
  });

  test.runIf(process.platform === 'linux')(
    'on a full disk does not end the program, and its lines wait',
    async () => {
      const path = join(folder, 'full.json');
      const result = await ended(
        startService(runtime.folder, 'gone', 100, {
          OBSGEN_LOG_OUTPUTS: 'file',
          OBSGEN_LOG_FILE: '/dev/full',
          LOSSES: path,
        }),
      );
      expect(result.code).toBe(7);
      // 2,000 lines fit into what may wait for the disk: none is given up yet.
      expect(losses(path)).toBe(0);
    },
  );
});
