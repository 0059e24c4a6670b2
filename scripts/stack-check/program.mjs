/** Programs that the checks ask: found, run to their end, or started and stopped by their id. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';

/** Milliseconds that a program has to answer. */
const patience = 120_000;
/** Characters of what it says that are kept. */
const kept = 100_000;

function folders() {
  const path = (process.env.PATH ?? '').split(delimiter);
  return [process.env.OBSGEN_STACK_PROGRAMS, ...path].filter((each) => each !== undefined && each !== '');
}

/** The paths of the programs of a name, those of OBSGEN_STACK_PROGRAMS before those of the PATH; links to one count once. */
export function findAll(...names) {
  const found = folders().flatMap((folder) => names.map((name) => join(folder, name)));
  const real = found.flatMap((path) => {
    try {
      accessSync(path, constants.X_OK);
      return [realpathSync(path)];
    } catch {
      return [];
    }
  });
  return [...new Set(real)];
}

/** The first program of a name, or undefined. */
export function find(...names) {
  return findAll(...names)[0];
}

/** Runs a program to its end. `text` is all that it said. */
export function run(path, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(path, args, {
    encoding: 'utf8',
    timeout: patience,
    maxBuffer: 64 * 1024 * 1024,
    ...options,
  });
  if (error !== undefined) return { ok: false, stdout: '', text: String(error) };
  return { ok: status === 0, stdout, text: `${stderr}${stdout}`.trim() };
}

/** The version that a program names. */
export function versionOf(path, args = ['--version']) {
  const { text } = run(path, args);
  return /\bv?(\d+\.\d+\.\d+[\w.-]*)/.exec(text)?.[1] ?? '';
}

/** Starts a program; `stop` ends it and waits for that. */
export function start(path, args, options = {}) {
  const child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      log = (log + String(text)).slice(-kept);
    });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', (error) => {
      log += String(error);
      resolve();
    });
  });
  return {
    log: () => log,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
    async stop() {
      child.kill('SIGTERM');
      const hard = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(hard);
    },
  };
}
