// npm run bench -- NAME... [--json FILE] [--rounds N]: runs benchmarks and prints what they say. Without a name it runs all.
//
// A benchmark is a file `NAME.bench.mjs` here that exports
//   rounds         how often each case runs
//   prepare()      makes what all cases share and returns it; it has to survive JSON
//   cleanUp(data)  takes it away again
//   cases          {CASE: (data) => ({FIGURE: number}) }, each run in a process of its own
//   rows           [{name, unit, ours, floor?, peers?: {PEER: value}, goal?, atLeast?}], a value being 'CASE.FIGURE', or two for their ratio;
//                  a goal is the most that ours may be, or the least with `atLeast`
// Cases take turns over the rounds, so that what else the machine does falls on all of them alike.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { measuredRow } from './measured-row.mjs';
import { printTable } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const known = readdirSync(here)
  .filter((name) => name.endsWith('.bench.mjs'))
  .map((name) => name.slice(0, -'.bench.mjs'.length))
  .sort();

function refuse(message) {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function readArguments() {
  try {
    const options = { json: { type: 'string' }, rounds: { type: 'string' } };
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return refuse(
      `${error.message}\nusage: npm run bench -- [NAME...] [--json FILE] [--rounds N]; NAME is one of ${known.join(', ')}`,
    );
  }
}

/** Peers, where there are any, have a package.json of their own: they are no dependencies of obs-gen. */
function installPeers() {
  if (!existsSync(join(here, 'package.json')) || existsSync(join(here, 'node_modules'))) return;
  process.stderr.write('installing the peers to compare with\n');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here, stdio: 'inherit' });
}

function runCase(bench, name, data) {
  const input = JSON.stringify(data ?? null);
  const output = execFileSync(process.execPath, ['--expose-gc', join(here, 'case.mjs'), bench, name], {
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  return JSON.parse(output);
}

/** {CASE: [figures of each round]}. */
async function runBench(name, rounds) {
  const bench = await import(`./${name}.bench.mjs`);
  const total = rounds ?? bench.rounds;
  const data = await bench.prepare?.();
  const figures = new Map(Object.keys(bench.cases).map((each) => [each, []]));
  try {
    for (let round = 1; round <= total; round += 1) {
      for (const [each, results] of figures) {
        if (process.stderr.isTTY)
          process.stderr.write(`\r\x1b[K${name}: round ${round} of ${total}, ${each}`);
        results.push(runCase(name, each, data));
      }
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    await bench.cleanUp?.(data);
  }
  return bench.rows.map((row) => ({ bench: name, ...measuredRow(row, figures) }));
}

const { values, positionals } = readArguments();
const names = positionals.length === 0 ? known : positionals;
for (const name of names)
  if (!known.includes(name)) refuse(`there is no benchmark ${name}; there is ${known.join(', ')}`);
const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
  refuse('--rounds takes a whole number above 0');
if (!existsSync(join(here, '..', 'dist', 'cli', 'main.js')))
  refuse('there is no dist: run `npm run build` first');
installPeers();

const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`;
const rows = [];
for (const name of names) rows.push(...(await runBench(name, rounds)));
process.stdout.write(printTable({ machine, node: process.version, rows }));
if (values.json !== undefined) {
  const withoutSpread = (key, value) => (key === 'spread' ? undefined : value);
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine, node: process.version, rows }, withoutSpread, 2)}\n`,
  );
}
process.exitCode = rows.some((row) => row.ok === false) ? 1 : 0;
