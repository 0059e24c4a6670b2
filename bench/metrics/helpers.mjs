// The helpers that are measured: what `obs-gen build` makes of bench/spec.yaml, not edited, compiled by tsc like the code of any service.
// They are kept below bench/node_modules, so that they and the peers use one and the same prom-client.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const specFile = join(repository, 'bench', 'spec.yaml');
const cache = join(repository, 'bench', 'node_modules', '.cache');
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript')), 'tsc.js');

/** The folder of the compiled helpers; makes them where the spec or the compiler has changed since the last time. */
export function compileHelpers() {
  const folder = join(cache, `helpers-${fingerprint()}`);
  if (existsSync(folder)) return folder;
  process.stderr.write('compiling the helpers to measure\n');
  rmSync(cache, { recursive: true, force: true });
  const unfinished = `${folder}-unfinished`;
  mkdirSync(unfinished, { recursive: true });
  const cli = join(repository, 'dist', 'cli', 'main.js');
  run(cli, 'build', '--quiet', '--spec', specFile, '--out', join(unfinished, 'src'));
  writeFileSync(join(unfinished, 'package.json'), '{ "type": "module" }\n');
  const options = {
    target: 'es2022',
    module: 'nodenext',
    strict: true,
    types: [],
    outDir: 'js',
    rootDir: 'src',
  };
  const project = join(unfinished, 'tsconfig.json');
  writeFileSync(project, JSON.stringify({ compilerOptions: options, include: ['src/**/*.ts'] }));
  run(tsc, '-p', project);
  renameSync(unfinished, folder);
  return folder;
}

/** What `import ... from './generated/index.js'` gives a service. */
export async function importHelpers(folder) {
  return import(pathToFileURL(join(folder, 'js', 'index.js')));
}

function run(...command) {
  execFileSync(process.execPath, command, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Names everything that the compiled helpers depend on. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const part of ['bench/spec.yaml', 'dist', 'src/runtime', 'templates', 'presets']) {
    for (const file of filesOf(join(repository, part)))
      hash.update(`\0${file.slice(repository.length)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

function filesOf(path) {
  if (path.endsWith('.yaml')) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
