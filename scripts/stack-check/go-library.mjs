/** A program of a few lines around the library that another program reads its files with, where the Go toolchain can be had. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { run } from './program.mjs';

/** Milliseconds: the first build compiles all that the library needs. */
const patience = 900_000;

/**
 * Builds it in a module of its own.
 * @returns the path of the program, or what was in the way
 */
export function buildAround(go, folder, { module, version }, source) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'go.mod'), `module check\n\ngo 1.24\n\nrequire ${module} ${version}\n`);
  writeFileSync(join(folder, 'main.go'), source);
  const options = { cwd: folder, env: { ...process.env, GOFLAGS: '-mod=mod' }, timeout: patience };
  for (const args of [
    ['mod', 'tidy'],
    ['build', '-trimpath', '-o', 'load', '.'],
  ]) {
    const { ok, text } = run(go, args, options);
    if (!ok) return { program: undefined, fault: text.slice(-300) };
  }
  return { program: join(folder, 'load'), fault: '' };
}
