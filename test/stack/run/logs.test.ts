import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followLog, logTail } from '../../../src/stack/run/logs.js';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-logs-'));
  path = join(folder, 'part.log');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the log of a part', () => {
  it('ends with its last lines, whole or not', () => {
    expect(logTail(path, 3)).toEqual([]);
    writeFileSync(path, 'one\ntwo\nthree\nfour');
    expect(logTail(path, 2)).toEqual(['three', 'four']);
    expect(logTail(path, 9)).toEqual(['one', 'two', 'three', 'four']);
    expect(logTail(path, 0)).toEqual([]);
  });

  it('is followed line by line, also where it is begun anew', async () => {
    writeFileSync(path, 'before\n');
    const lines: string[] = [];
    const ended = new AbortController();
    const following = followLog(path, (line) => lines.push(line), ended.signal);
    const until = async (count: number): Promise<void> => {
      while (lines.length < count) await sleep(10);
    };
    appendFileSync(path, 'first\nsec');
    await until(1);
    appendFileSync(path, 'ond\n');
    await until(2);
    writeFileSync(path, 'new\n');
    await until(3);
    ended.abort();
    await following;
    expect(lines).toEqual(['first', 'second', 'new']);
  });
});
