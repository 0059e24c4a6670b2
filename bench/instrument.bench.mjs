// The codemod over a tree of 2,000 files, 20 MB and 33,000 functions, against TypeScript's parser alone for all of them, jscodeshift and
// ts-morph's manipulation. One thread unless a row says otherwise. Figures of one thread are processor time, so that what else the machine
// does is not counted; loading the programs is left out on all sides. `warm` is the second time in one process.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { ts } from 'ts-morph';
import { listFiles } from '../dist/instrument/find/list-files.js';
import { planTree } from '../dist/instrument/tree/plan-tree.js';
import { manyFunctions, writeCorpus } from './instrument/corpus.mjs';
import { jscodeshiftAll, tsMorphOneOfFile } from './instrument/peers.mjs';
import { everyFunction, fewClasses } from './instrument/rules.mjs';

export const rounds = 3;
export const peers = true;

const rootOf = (folder) => join(folder, 'corpus');

/** What the planner loads when it is first needed. */
const loadPlanner = () => import('../dist/instrument/tree/planner.js');

function optionsOf(folder, rules, more = {}) {
  const root = rootOf(folder);
  return { root, rules, outDir: join(root, 'generated'), task: 'instrument', jobs: 1, cache: false, ...more };
}

async function measured(action) {
  const started = performance.now();
  const before = process.cpuUsage();
  const count = await action();
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - started;
  if (!(count > 0)) throw new Error('nothing was done');
  return { cpu: (user + system) / 1000, wall, count, mib: process.resourceUsage().maxRSS / 1024 };
}

async function planned(folder, rules, more) {
  const { files, notes, totals } = await planTree(optionsOf(folder, rules, more));
  if (notes.length > 0) throw new Error(`${notes[0].path}: ${notes[0].message}`);
  if (more?.isCached === true && totals.cached !== totals.seen)
    throw new Error('the cache did not know all files');
  return files.reduce((sum, { placed }) => sum + placed.length, 0);
}

/** All texts of the tree, read from the disk as obs-gen does. */
async function texts(folder) {
  const { files } = await listFiles(optionsOf(folder, fewClasses));
  return files.map(({ path, absolute }) => [path, readFileSync(absolute, 'utf8')]);
}

async function parseAll(folder) {
  let statements = 0;
  for (const [path, text] of await texts(folder))
    statements += ts.createSourceFile(path, text, ts.ScriptTarget.Latest).statements.length;
  return statements;
}

export async function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-bench-'));
  try {
    const corpus = writeCorpus(rootOf(folder));
    writeFileSync(join(folder, 'many.ts'), manyFunctions(500));
    // What was written a moment ago may be written again within the same tick of the clock: the cache would not trust its times.
    await setTimeout(3000);
    for (const [name, rules] of Object.entries({ few: fewClasses, all: everyFunction }))
      await planTree(optionsOf(folder, rules, { cache: join(folder, `cache-${name}`) }));
    return { folder, ...corpus };
  } catch (error) {
    cleanUp({ folder });
    throw error;
  }
}

export function cleanUp({ folder }) {
  rmSync(folder, { recursive: true });
}

async function run(folder, rules, more) {
  await loadPlanner();
  return measured(() => planned(folder, rules, more));
}

async function warm(action) {
  await action();
  return measured(action);
}

export const cases = {
  parse: ({ folder }) => measured(() => parseAll(folder)),
  'parse-warm': ({ folder }) => warm(() => parseAll(folder)),
  few: ({ folder }) => run(folder, fewClasses),
  'few-warm': ({ folder }) => warm(() => planned(folder, fewClasses)),
  all: ({ folder }) => run(folder, everyFunction),
  'all-warm': ({ folder }) => warm(() => planned(folder, everyFunction)),
  verified: ({ folder }) => run(folder, everyFunction, { verify: true }),
  two: ({ folder }) => measured(() => planned(folder, everyFunction, { jobs: 2 })),
  one: ({ folder }) => measured(() => planned(folder, everyFunction)),
  'few-again': ({ folder }) =>
    measured(() => planned(folder, fewClasses, { cache: join(folder, 'cache-few'), isCached: true })),
  'all-again': ({ folder }) =>
    measured(() => planned(folder, everyFunction, { cache: join(folder, 'cache-all'), isCached: true })),
  many: async ({ folder }) => {
    const { plannerOf } = await loadPlanner();
    const planner = plannerOf(optionsOf(folder, everyFunction));
    const bytes = readFileSync(join(folder, 'many.ts'));
    return measured(() => planner.plan({ path: 'many.ts', bytes }).plan.placed.length);
  },
  jscodeshift: async ({ folder }) => jscodeshiftAll(await texts(folder), measured),
  'ts-morph': ({ folder }) => tsMorphOneOfFile(rootOf(folder), measured),
};

export const rows = [
  {
    name: 'rules that match 5% of the files',
    unit: 'ms',
    ours: 'few.cpu',
    floor: 'parse.cpu',
    goals: { floor: 0.333 },
  },
  {
    name: 'the same, warm',
    unit: 'ms',
    ours: 'few-warm.cpu',
    floor: 'parse-warm.cpu',
    goals: { floor: 0.333 },
  },
  {
    name: 'every function',
    unit: 'ms',
    ours: 'all.cpu',
    floor: 'parse.cpu',
    peers: { jscodeshift: 'jscodeshift.cpu', 'ts-morph, one a file': 'ts-morph.cpu' },
    goals: { floor: 1.5, jscodeshift: 10, 'ts-morph, one a file': 4 },
  },
  {
    name: 'the same, warm',
    unit: 'ms',
    ours: 'all-warm.cpu',
    floor: 'parse-warm.cpu',
    goals: { floor: 1.5 },
  },
  { name: 'every function, and verified', unit: 'ms', ours: 'verified.cpu', floor: 'parse.cpu' },
  { name: 'every function, edits', unit: '', ours: 'all.count', goal: 33_000, atLeast: true },
  { name: 'every function, peak memory', unit: 'MiB', ours: 'all.mib', goal: 400 },
  { name: 'every function, two workers, peak memory', unit: 'MiB', ours: 'two.mib' },
  { name: 'two workers / one thread, wall time', unit: 'x', ours: ['two.wall', 'one.wall'], goal: 0.9 },
  { name: '500 functions in one file', unit: 'ms', ours: 'many.wall', goal: 200 },
  { name: 'second run / first, 5% of the files', unit: 'x', ours: ['few-again.cpu', 'few.cpu'] },
  { name: 'second run / first, every function', unit: 'x', ours: ['all-again.cpu', 'all.cpu'], goal: 0.1 },
  { name: 'second run / parse, 5% of the files', unit: 'x', ours: ['few-again.cpu', 'parse.cpu'], goal: 0.1 },
];
