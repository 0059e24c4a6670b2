import { lstatSync, mkdtempSync, readdirSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new folder for one test file, open to every user, removed when its tests are done. */
export function scratchFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `obs-gen-${name}-`));
  chmodSync(folder, 0o777);
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Inode, time and size of everything below a folder, the folders and the root among them: equal means that nothing was touched. */
export function fingerprint(folder: string): ReadonlyMap<string, string> {
  const paths = ['', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })].sort();
  return new Map(
    paths.map((path) => {
      const stats = lstatSync(join(folder, path), { bigint: true });
      return [path, `${stats.ino} ${stats.mtimeNs} ${stats.ctimeNs} ${stats.size} ${stats.mode}`];
    }),
  );
}
