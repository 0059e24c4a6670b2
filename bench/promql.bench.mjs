// The reader of queries: how many expressions a second it parses, and parses and analyses, on one core. promtool's own check of the
// same expressions stands beside it, start of the program included. All of it is processor time.
//
// RULES=DIR names a folder of rule files of Prometheus: they are then read and analysed too, in a world in which no metric is known.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { analyse } from '../dist/promql/analysis/analyse.js';
import { emptyEnvironment } from '../dist/promql/analysis/environment.js';
import { parsePromql } from '../dist/promql/parse.js';
import { expressions } from './promql/expressions.mjs';

const { RULES: folder } = process.env;
const spec = fileURLToPath(new URL('../test/cases/ims-core/observability.yaml', import.meta.url));

export const rounds = 5;

/** Seconds of processor time that this process has had: what else the machine does is not counted. */
function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Calls of a function for a second of one core, measured over two such seconds once it has been warmed up for three. */
function perSecond(items, each) {
  let sum = 0;
  const during = (seconds) => {
    const start = processorTime();
    let count = 0;
    let spent = 0;
    for (; spent < seconds; spent = processorTime() - start) {
      for (const item of items) sum += each(item);
      count += items.length;
    }
    return count / spent;
  };
  during(3);
  const rate = during(2);
  if (!(sum > 0)) throw new Error('nothing was computed');
  return rate;
}

function parsed(text) {
  const { expr } = parsePromql(text);
  if (expr === undefined) throw new Error(`this does not parse: ${text}`);
  return expr;
}

const parseOne = (text) => parsed(text).kind.length;

/** The world of a spec, in which every metric is known. */
async function worldOf(path) {
  const [{ analyse: read }, { environmentOf }] = await Promise.all([
    import('../dist/analyse.js'),
    import('../dist/model/analysis.js'),
  ]);
  return environmentOf(read(path, '2026-11-20').model);
}

const analyseOne = (environment) => (text) => 1 + analyse(parsed(text), environment, 'alert').findings.length;

/** Expressions for a second of processor time that promtool checks, from one file with many rules. */
function promtoolRate() {
  const directory = mkdtempSync(join(tmpdir(), 'obs-gen-bench-'));
  // Variables of Grafana are nothing that a rule may hold.
  const known = expressions.filter((text) => !text.includes('$__'));
  const rules = Array.from({ length: 20_000 }, (_, index) => ({
    record: `r${index}`,
    expr: known[index % known.length],
  }));
  try {
    writeFileSync(join(directory, 'rules.json'), JSON.stringify({ groups: [{ name: 'g', rules }] }));
    // The last line of `times` is the processor time of the programs that the shell has run.
    const command = 'promtool check rules rules.json > check.txt && times';
    const { status, stdout } = spawnSync('sh', ['-c', command], { cwd: directory, encoding: 'utf8' });
    if (status !== 0) throw new Error('promtool cannot be run, or refuses an expression');
    const spent = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
      ([, minutes, seconds]) => 60 * Number(minutes) + Number(seconds),
    );
    return rules.length / (spent[0] + spent[1]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function filesBelow(directory) {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

function expressionsBelow(directory) {
  const documents = filesBelow(directory).flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS()),
  );
  const groups = documents.flatMap((document) => document?.groups ?? document?.spec?.groups ?? []);
  return groups
    .flatMap((group) => group?.rules ?? [])
    .flatMap((rule) => (rule?.expr === undefined ? [] : [String(rule.expr)]));
}

function collection() {
  const all = expressionsBelow(folder);
  const read = all.filter((text) => parsePromql(text).expr !== undefined);
  const findings = read.flatMap((text) => [...analyse(parsed(text), emptyEnvironment, 'alert').findings]);
  if (process.env.SHOW !== undefined) {
    for (const text of all.filter((each) => !read.includes(each))) process.stderr.write(`refused: ${text}\n`);
    for (const { code, message } of findings) process.stderr.write(`${code} ${message}\n`);
  }
  return {
    expressions: all.length,
    refused: all.length - read.length,
    findings: findings.length,
    parse: perSecond(read, parseOne),
    analyse: perSecond(read, analyseOne(emptyEnvironment)),
  };
}

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;

/** Helpers of the garbage collector that wait for a busy core would be counted as work. */
const flags = ['--single-threaded-gc'];

export const cases = {
  parse: { run: () => ({ rate: perSecond(expressions, parseOne) }), flags },
  analyse: { run: async () => ({ rate: perSecond(expressions, analyseOne(await worldOf(spec))) }), flags },
  ...(hasPromtool && { promtool: () => ({ rate: promtoolRate() }) }),
  ...(folder !== undefined && { collection: { run: collection, flags } }),
};

export const rows = [
  { name: 'parse', unit: 'expressions/s', ours: 'parse.rate' },
  {
    name: 'parse and analyse',
    unit: 'expressions/s',
    ours: 'analyse.rate',
    ...(hasPromtool && { peers: { promtool: 'promtool.rate' } }),
    goal: 10_000,
    atLeast: true,
  },
  ...(folder === undefined
    ? []
    : [
        { name: 'RULES: expressions', unit: '', ours: 'collection.expressions' },
        { name: 'RULES: refused', unit: '', ours: 'collection.refused', goal: 0 },
        { name: 'RULES: findings', unit: '', ours: 'collection.findings' },
        { name: 'RULES: parse', unit: 'expressions/s', ours: 'collection.parse' },
        {
          name: 'RULES: parse and analyse',
          unit: 'expressions/s',
          ours: 'collection.analyse',
          goal: 10_000,
          atLeast: true,
        },
      ]),
];
