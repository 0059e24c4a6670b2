import fs, { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RotatingFile } from '../../src/runtime/logs/rotating-file.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'obs-gen-log-file-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const encoder = new TextEncoder();
function write(file: RotatingFile, text: string): void {
  const bytes = encoder.encode(text);
  for (let from = 0; from < bytes.length;)
    from += file.write(bytes, from, bytes.length - from, from === 0 || bytes[from - 1] === 10);
}
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

test('a file that has grown is put aside, the oldest goes', () => {
  const path = join(folder, 'deep', 'app.log');
  const file = new RotatingFile(fs, { path, maxBytes: 10, keep: 2 });
  for (const line of ['aaaa\n', 'bbbb\n', 'cccc\n', 'dddd\n', 'eeee\n', 'ffff\n', 'gggg\n'])
    write(file, line);
  file.close();
  expect([read('deep/app.log'), read('deep/app.log.1'), read('deep/app.log.2')]).toEqual([
    'gggg\n',
    'eeee\nffff\n',
    'cccc\ndddd\n',
  ]);
  expect(fs.readdirSync(join(folder, 'deep'))).toHaveLength(3);
});

test('a file that is found full is put aside first, and one without kept ones begins anew', () => {
  writeFileSync(join(folder, 'app.log'), 'old old old\n');
  const file = new RotatingFile(fs, { path: join(folder, 'app.log'), maxBytes: 10, keep: 0 });
  write(file, 'new\n');
  file.close();
  expect(fs.readdirSync(folder)).toEqual(['app.log']);
  expect(read('app.log')).toBe('new\n');
});

test('more than fits into a file is split between lines', () => {
  const file = new RotatingFile(fs, { path: join(folder, 'app.log'), maxBytes: 12, keep: 9 });
  write(file, 'aaaa\nbbbb\ncccc\ndddd\na line that alone is too long\ne\n');
  file.close();
  expect(['app.log.2', 'app.log.1', 'app.log'].map(read)).toEqual([
    'aaaa\nbbbb\n',
    'cccc\ndddd\n',
    'a line that alone is too long\ne\n',
  ]);
});

test('a file that somebody else has put aside is left to them', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const file = new RotatingFile(fs, { path: join(folder, 'app.log'), maxBytes: 1000, keep: 2 });
  write(file, 'one\n');
  renameSync(join(folder, 'app.log'), join(folder, 'theirs.log'));
  vi.advanceTimersByTime(1500);
  write(file, 'two\n');
  file.close();
  vi.useRealTimers();
  expect([read('theirs.log'), read('app.log')]).toEqual(['one\n', 'two\n']);
});

test('a device is never put aside', () => {
  const rename = vi.fn(fs.renameSync);
  const unlink = vi.fn(fs.unlinkSync);
  const file = new RotatingFile(
    { ...fs, renameSync: rename, unlinkSync: unlink },
    { path: '/dev/null', maxBytes: 5, keep: 0 },
  );
  write(file, 'aaaa\n');
  write(file, 'bbbb\n');
  file.close();
  expect(rename).not.toHaveBeenCalled();
  expect(unlink).not.toHaveBeenCalled();
});

test('a file that cannot be put aside grows on', () => {
  const refuse = (): never => {
    throw Object.assign(new Error('no'), { code: 'EPERM' });
  };
  const file = new RotatingFile(
    { ...fs, renameSync: refuse },
    { path: join(folder, 'app.log'), maxBytes: 8, keep: 1 },
  );
  for (const line of ['aaaa\n', 'bbbb\n', 'cccc\n']) write(file, line);
  file.close();
  expect(read('app.log')).toBe('aaaa\nbbbb\ncccc\n');
});
