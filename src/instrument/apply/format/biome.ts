import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { deferSignals } from '../../../output/defer-signals.js';
import {
  foldersAbove,
  nearestWith,
  type Formatted,
  type Formatter,
  type FormatRequest,
} from './formatter.js';

const configurations = ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc'];
const limitMs = 120_000;
const failed: Formatted = { kind: 'failed' };

/** The project's own biome, where there is a configuration of it above the file. */
export function biomeFor(path: string): Formatter | undefined {
  const configuration = nearestWith(path, configurations);
  const program = foldersAbove(path)
    .map((folder) => join(folder, 'node_modules', '.bin', 'biome'))
    .find((each) => existsSync(each));
  if (configuration === undefined || program === undefined) return undefined;
  const top = topOf(path);
  return { name: 'biome', key: `${program} ${top}`, format: (requests) => formatAll(program, top, requests) };
}

/** The uppermost folder whose settings may count: that of the repository, or of the uppermost configuration. */
function topOf(path: string): string {
  const folders = foldersAbove(path);
  const repository = folders.find((folder) => existsSync(join(folder, '.git')));
  if (repository !== undefined) return repository;
  const configured = folders.filter((folder) =>
    configurations.some((name) => existsSync(join(folder, name))),
  );
  return configured.at(-1) ?? dirname(path);
}

/**
 * Formats copies of the texts, in a folder that is laid out like the project, with its settings: one run of biome for all of them, and the
 * project itself is not touched.
 */
async function formatAll(
  program: string,
  top: string,
  requests: readonly FormatRequest[],
): Promise<readonly Formatted[]> {
  const results: Formatted[] = requests.map(() => failed);
  // One path may come with several texts: each round has each path once.
  let open = requests.map((request, index) => ({ ...request, index }));
  while (open.length > 0) {
    const seen = new Set<string>();
    const round = open.filter(({ path }) => !seen.has(path) && seen.add(path));
    const rest = open.filter((each) => !round.includes(each));
    // The copies are removed before a signal ends the process.
    const formatted = await deferSignals(() => formatRound(program, top, round));
    round.forEach(({ index }, at) => {
      results[index] = formatted[at] ?? failed;
    });
    open = rest;
  }
  return results;
}

async function formatRound(
  program: string,
  top: string,
  requests: readonly FormatRequest[],
): Promise<readonly Formatted[]> {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'obs-gen-format-')));
  try {
    copySettings(top, copy, requests);
    const paths = requests.map(({ path }) => join(copy, relative(top, path)));
    paths.forEach((path, index) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, requests[index]?.text ?? '');
    });
    const isDone = await run(
      program,
      ['format', '--write', '--no-errors-on-unmatched', '--colors=off', '.'],
      copy,
    );
    if (!isDone) return requests.map(() => failed);
    return paths.map((path) => ({ kind: 'text', text: readFileSync(path, 'utf8') }));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** Settings and what they may extend, at the same places as in the project. */
function copySettings(top: string, copy: string, requests: readonly FormatRequest[]): void {
  const folders = new Set(
    requests.flatMap(({ path }) => foldersAbove(path).filter((folder) => isAtOrBelow(top, folder))),
  );
  for (const folder of folders) {
    const target = join(copy, relative(top, folder));
    mkdirSync(target, { recursive: true });
    for (const name of [...configurations, '.editorconfig', '.gitignore', 'package.json'])
      if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(target, name));
    const modules = join(folder, 'node_modules');
    if (existsSync(modules)) symlinkSync(modules, join(target, 'node_modules'), 'dir');
  }
}

function isAtOrBelow(top: string, folder: string): boolean {
  return folder === top || !relative(top, folder).startsWith('..');
}

/** Whether the program ran to its end; files that it could not read are left as they were. */
function run(program: string, args: readonly string[], cwd: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: limitMs, maxBuffer: 1 << 26 }, (error) => {
      resolve(error === null || typeof error.code === 'number');
    });
  });
}
