// npm run bench -- NAME... [--only REGEX] [--rounds N] [--json FILE]: runs benchmarks and prints what they say. Without a name it runs all.
//
// A benchmark is a file `NAME.bench.mjs` here that exports
//   rounds         how often each case runs
//   peers          whether it compares with the libraries of bench/package.json
//   prepare()      makes what all cases share and returns it; it has to survive JSON
//   cleanUp(data)  takes it away again
//   cases          {CASE: (data) => ({FIGURE: number}) }, each run in a process of its own; or {run, flags}, with flags for node
//   rows           [{name, unit, ours, floor?, peers?: {PEER: value}, goal?, atLeast?, goals?}], a value being 'CASE.FIGURE', or two for
//                  their ratio; a goal is the most that ours may be, or the least with `atLeast`; `goals` are {floor: N}, ours is to be
//                  at most N times the floor, and {PEER: N}, the peer's value is to be at least N times ours
// Cases take turns over the rounds, so that what else the machine does falls on all of them alike. With --only, the rows whose name or
// whose cases match are measured.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';
import { casesOf, measuredRow, writtenRows } from './measured-row.mjs';
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
    const options = { only: { type: 'string' }, json: { type: 'string' }, rounds: { type: 'string' } };
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { ...values, only: new RegExp(values.only ?? ''), names: positionals };
  } catch (error) {
    return refuse(
      `${error.message}\nusage: npm run bench -- [NAME...] [--only REGEX] [--rounds N] [--json FILE]; NAME is one of ${known.join(', ')}`,
    );
  }
}

/** The peers have a package.json of their own: they are no dependencies of obs-gen. */
function installPeers() {
  const installed = join(here, 'node_modules', '.package-lock.json');
  const lock = join(here, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write('installing the peers to compare with\n');
  const command = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  execFileSync('npm', command, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
}

function runCase(bench, name, flags, data) {
  const command = ['--expose-gc', ...flags, join(here, 'case.mjs'), bench, name];
  const output = execFileSync(process.execPath, command, {
    input: JSON.stringify(data ?? null),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: 1 << 26,
  });
  return JSON.parse(output);
}

/** The rows of a benchmark that were asked for. */
async function runBench(name) {
  const bench = await import(`./${name}.bench.mjs`);
  const rows = bench.rows.filter(
    (row) => only.test(row.name) || casesOf(row).some((each) => only.test(each)),
  );
  if (rows.length === 0) return [];
  if (bench.peers === true) installPeers();
  const total = rounds ?? bench.rounds;
  const data = await bench.prepare?.();
  const needed = new Set(rows.flatMap(casesOf));
  const cases = Object.entries(bench.cases).filter(([each]) => needed.has(each));
  const figures = new Map(cases.map(([each]) => [each, []]));
  const begun = Date.now();
  try {
    for (let round = 1; round <= total; round += 1) {
      if (!process.stderr.isTTY) {
        const seconds = Math.round((Date.now() - begun) / 1000);
        process.stderr.write(`${name}: round ${round} of ${total}, ${cases.length} cases, ${seconds} s\n`);
      }
      for (const [each, { flags = [] }] of cases) {
        if (process.stderr.isTTY)
          process.stderr.write(`\r\x1b[K${name}: round ${round} of ${total}, ${each}`);
        figures.get(each).push(runCase(name, each, flags, data));
      }
    }
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    await bench.cleanUp?.(data);
  }
  return rows.map((row) => ({ bench: name, ...measuredRow(row, figures) }));
}

const parameters = readArguments();
const { only, json } = parameters;
const names = parameters.names.length === 0 ? known : parameters.names;
for (const name of names)
  if (!known.includes(name)) refuse(`there is no benchmark ${name}; there is ${known.join(', ')}`);
const rounds = parameters.rounds === undefined ? undefined : Number(parameters.rounds);
if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
  refuse('--rounds takes a whole number above 0');
if (!existsSync(join(here, '..', 'dist', 'cli', 'main.js')))
  refuse('there is no dist: run `npm run build` first');

const machine = `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release()}`;
const rows = [];
for (const name of names) rows.push(...(await runBench(name)));
if (rows.length === 0) refuse(`no row and no case matches ${only.source}`);
process.stdout.write(printTable({ machine, node: process.version, rows }));
if (json !== undefined) {
  const result = { machine, node: process.version, rows: rows.flatMap(writtenRows) };
  const withoutSpread = (key, value) => (key === 'spread' ? undefined : value);
  writeFileSync(json, `${JSON.stringify(result, withoutSpread, 2)}\n`);
}
const missed = rows.some(({ ok, comparisons }) => ok === false || comparisons.some((each) => !each.ok));
process.exitCode = missed ? 1 : 0;
