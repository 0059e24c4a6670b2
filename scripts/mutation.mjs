/**
 * Puts faults into the code and counts those that tests notice: `npm run test:mutation [-- FOLDER ... --sample 100 --seed 1 --write]`, with
 * `npm ci --prefix scripts/mutation`. Stryker makes the faults and runs, for each, the tests that reach it. A folder has thousands, so that some
 * are drawn by chance, the same ones for the same seed; `--sample 0` takes all. Faults in what runs only when a module is loaded are left out:
 * each would cost a run of everything. Prints a table and the faults that nobody noticed; with --write the table goes into docs/mutation.md.
 * Works in a copy, test/.out/stryker, which goes in the end. Exit codes: 0 all folders reach their goal, 1 one does not, 2 something is not installed.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { pathToFileURL } from 'node:url';
import { drawn } from './mutation/draw.mjs';
import { goal, suites } from './mutation/suites.mjs';
import { row, table } from './mutation/table.mjs';

const root = join(import.meta.dirname, '..');
const packages = join(import.meta.dirname, 'mutation');
const document = join(root, 'docs/mutation.md');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const unknown = positionals.filter((name) => suites[name] === undefined);
if (unknown.length > 0)
  fail(`no such folder: ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);
if (!existsSync(join(packages, 'node_modules'))) fail('run npm ci --prefix scripts/mutation first');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

const load = (name) =>
  import(pathToFileURL(createRequire(join(packages, 'package.json')).resolve(name)).href);
const { Stryker } = await load('@stryker-mutator/core');
const { Instrumenter } = await load('@stryker-mutator/instrumenter');

/** Every fault that Stryker would make in a folder. */
async function faultsIn(folder) {
  const files = readdirSync(join(root, 'src', folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((name) => ({ name, mutate: true, content: readFileSync(name, 'utf8') }));
  const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {} };
  const { mutants } = await new Instrumenter(silent).instrument(files, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
    noHeader: true,
  });
  return mutants;
}

/** The place of a fault as Stryker is told it: lines from 1, columns from 0. */
function rangeOf({ fileName, location: { start, end } }) {
  const path = fileName.slice(root.length + 1);
  return `${path}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
}

async function run(folder) {
  const all = await faultsIn(folder);
  const chosen = drawn(all, Number(values.sample), Number(values.seed));
  process.env.OBSGEN_MUTATION_TESTS = JSON.stringify(suites[folder]);
  process.env.OBSGEN_MUTATION_ROOT = root;
  const results = await new Stryker({
    mutate: [...new Set(chosen.map(rangeOf))],
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutation/vitest.config.mjs', related: false },
    plugins: [createRequire(join(packages, 'package.json')).resolve('@stryker-mutator/vitest-runner')],
    coverageAnalysis: 'perTest',
    ignoreStatic: true,
    ignorePatterns: ['**/node_modules', 'dist', 'coverage', '.ci', 'test/.out', 'test/render', 'test/peers'],
    disableTypeChecks: false,
    reporters: [process.stderr.isTTY ? 'progress' : 'dots'],
    logLevel: 'warn',
    allowConsoleColors: false,
    concurrency: 2,
    timeoutMS: 30_000,
    tempDirName: 'test/.out/stryker',
    cleanTempDir: 'always',
  }).runMutationTest();
  return { folder, faults: all.length, results };
}

process.chdir(root);
const rows = [];
for (const folder of positionals.length > 0 ? positionals : Object.keys(suites)) {
  const { faults, results } = await run(folder);
  rows.push(row(folder, faults, results));
  for (const { status, fileName, location, replacement } of results)
    if (status === 'Survived' || status === 'NoCoverage') {
      const path = fileName.slice(fileName.indexOf('src/'));
      const line = readFileSync(join(root, path), 'utf8').split('\n')[location.start.line - 1];
      process.stdout.write(
        `${path}:${location.start.line}:${location.start.column} ${status}\n  ${line.trim()}\n  -> ${replacement}\n`,
      );
    }
  process.stdout.write(`${table(rows)}\n`);
}
if (values.write) {
  const [before, after] = readFileSync(document, 'utf8').split(
    /<!-- mutation: begin -->[\s\S]*<!-- mutation: end -->/,
  );
  const drawnOf = `Drawn with \`--sample ${values.sample} --seed ${values.seed}\`.`;
  writeFileSync(
    document,
    `${before}<!-- mutation: begin -->\n${drawnOf}\n\n${table(rows)}<!-- mutation: end -->${after}`,
  );
}
process.exit(rows.every(({ score }) => score >= goal) ? 0 : 1);
