/**
 * Instruments every function of public codebases and holds types, tests and bytes against what they were. Prints docs/codemod.md.
 *
 *   node scripts/codemod-corpora.mjs [--dist DIR] [--state DIR] [--no-tests] NAME=CHECKOUT...
 *
 * NAME is a key of `corpora`; CHECKOUT a folder in which the codebase's dependencies are installed and its packages are built. Each
 * checkout is put back as it was. What a run finds is kept below --state, so that codebases can be done one after the other; the page
 * tells of all that is kept. What changed is listed on standard error, and the exit code is 1.
 */
import { Buffer } from 'node:buffer';
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { helpers, setup, vitestConfig } from './codemod-corpora/files.mjs';
import { page } from './codemod-corpora/page.mjs';
import {
  compareTests,
  counted,
  described,
  errorsOf,
  newErrors,
  readReport,
} from './codemod-corpora/compare.mjs';

/**
 * The codebases, and which of their packages has the agents' code: `project` is what `tsc` is asked to check, `config` that of the tests,
 * both as seen from the folder.
 */
const corpora = {
  'gemini-cli': {
    repository: 'google-gemini/gemini-cli',
    folder: 'packages/core',
    project: '.',
    config: 'vitest.config.ts',
    include: ['src/**/*.ts'],
    exclude: ['**/*.test.ts', '**/__tests__/**'],
    arguments: ['--coverage.enabled=false'],
  },
  langgraphjs: {
    repository: 'langchain-ai/langgraphjs',
    folder: 'libs/langgraph-core',
    project: '.',
    config: 'vitest.config.js',
    include: ['src/**/*.ts'],
    exclude: ['**/tests/**', '**/*.test.ts', '**/*.test-d.ts'],
    arguments: [],
  },
  'openai-agents': {
    repository: 'openai/openai-agents-js',
    folder: 'packages/agents-core',
    // Also the types of the tests; the other one takes no file outside of src/.
    project: 'tsconfig.test.json',
    config: '../../vitest.config.ts',
    include: ['src/**/*.ts'],
    exclude: [],
    arguments: ['--mode=full', '--project=@openai/agents-core'],
  },
  voltagent: {
    repository: 'VoltAgent/voltagent',
    folder: 'packages/core',
    project: '.',
    config: 'vitest.config.mts',
    include: ['src/**/*.ts'],
    exclude: ['**/*.spec.ts', '**/*.spec-d.ts', '**/*.test.ts'],
    arguments: [],
  },
};

const home = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: 'string', default: join(home, 'dist') },
    state: { type: 'string', default: join(tmpdir(), 'obs-gen-corpora') },
    'no-tests': { type: 'boolean', default: false },
    /** Only these test files, for a look while something is being mended; nothing of it is kept. */
    files: { type: 'string', multiple: true, default: [] },
  },
});
const dist = resolve(values.dist);
const load = (path) => import(pathToFileURL(join(dist, path)).href);
const { planFile } = await load('instrument/file/plan-file.js');
const { stripFile } = await load('instrument/file/strip/strip-file.js');
const { listFiles } = await load('instrument/find/list-files.js');
const { compileRules } = await load('instrument/rules/compile.js');
const { ruleSetOf } = await load('instrument/rules/rule-set-of.js');
const { loadSpecText } = await load('spec/load.js');
const { analyseLoaded } = await load('analyse.js');

mkdirSync(values.state, { recursive: true });
let isSame = true;
const looks = [];
for (const given of positionals) {
  const [name, checkout] = given.split('=');
  const corpus = corpora[name];
  if (corpus === undefined || checkout === undefined) throw new Error(`no codebase ${given}`);
  const result = await measure(name, { ...corpus, checkout: resolve(checkout) });
  if (values.files.length > 0 || values['no-tests']) looks.push(result);
  else writeFileSync(join(values.state, `${name}.json`), JSON.stringify(result, undefined, 1));
  for (const finding of [
    ...result.newErrors,
    ...result.changed,
    ...result.lost,
    ...result.again,
    ...result.faults,
  ])
    process.stderr.write(`${name}: ${finding}\n`);
  const bad = result.newErrors.length + result.changed.length + result.lost.length + result.again.length;
  if (bad > 0) isSame = false;
}
const kept = readdirSync(values.state)
  .filter((file) => file.endsWith('.json') && file.slice(0, -5) in corpora)
  .sort();
const found = kept.map((file) => JSON.parse(readFileSync(join(values.state, file), 'utf8')));
process.stdout.write(page(looks.length > 0 ? looks : found));
process.exitCode = isSame ? 0 : 1;

/** All that is found out about one codebase. */
async function measure(name, corpus) {
  const folder = join(corpus.checkout, corpus.folder);
  const revision = revisionOf(corpus.checkout);
  const out = join(folder, 'src', 'obsgen');
  const written = [out];
  const put = (path, text) => {
    const target = join(folder, path);
    writeFileSync(target, text);
    written.push(target);
  };
  const originals = new Map();
  try {
    const spec = helpers(corpus);
    put('observability.yaml', spec);
    put('obsgen.vitest.config.mts', vitestConfig(corpus.config));
    put('obsgen.setup.mjs', setup(home));
    for (const dependency of ['prom-client', '@opentelemetry/api'])
      written.push(...linked(folder, dependency));
    const before = await baseline(name, revision, folder, corpus);
    const list = await listFiles({
      root: folder,
      include: corpus.include,
      exclude: corpus.exclude,
      outDir: out,
    });
    // Links to packages and the like are none of the code that is measured.
    const files = list.files.map(({ path }) => path);
    execFileSync(process.execPath, [join(dist, 'cli', 'main.js'), 'build', '--out', 'src/obsgen'], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const model = analyseLoaded(
      loadSpecText(new Map([['observability.yaml', spec]]), 'observability.yaml'),
      '2026-01-01',
    ).model;
    const settings = { rules: ruleSetOf(compileRules(model).value), outDir: out, root: folder };
    const done = instrument(folder, files, settings, originals);
    const types = await typeErrors(folder, corpus);
    const tests = values['no-tests'] ? undefined : await testsAfter(folder, corpus, before);
    const again = [];
    for (const [path, { after }] of done.plans)
      if (planFile({ path, bytes: Buffer.from(after) }, settings).after !== after)
        again.push(`a second run changes ${path}`);
    const lost = [];
    for (const [path, bytes] of originals)
      if (!strip(readFileSync(join(folder, path), 'utf8'), path, settings).equals(bytes))
        lost.push(`${path} does not come back`);
    return {
      name,
      repository: corpus.repository,
      folder: corpus.folder,
      revision,
      files: files.length,
      changedFiles: originals.size,
      functions: done.functions,
      forms: done.forms,
      skips: done.skips,
      faults: done.faults,
      seconds: done.seconds,
      errorsBefore: before.types.length,
      newErrors: newErrors(before.types, types).map((error) => `new type error: ${error}`),
      ...(tests ?? { changed: [], flaky: [], whileRecorded: [], tests: undefined, spans: 0 }),
      again,
      lost,
    };
  } finally {
    for (const [path, bytes] of originals) writeFileSync(join(folder, path), bytes);
    for (const path of written) rmSync(path, { recursive: true, force: true });
  }
}

function instrument(folder, files, settings, originals) {
  const forms = Object.create(null);
  const skips = Object.create(null);
  const faults = [];
  const plans = new Map();
  let functions = 0;
  const started = performance.now();
  const texts = files.map((path) => [path, readFileSync(join(folder, path))]);
  for (const [path, bytes] of texts) {
    try {
      const plan = planFile({ path, bytes }, settings);
      functions += plan.functions;
      for (const { form } of plan.placed) forms[form] = (forms[form] ?? 0) + 1;
      for (const { code, message } of plan.skipped) {
        skips[code] ??= { count: 0, example: `${path}: ${message}` };
        skips[code].count += 1;
      }
      if (plan.after !== plan.before) plans.set(path, plan);
    } catch (error) {
      faults.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  for (const [path, bytes] of texts) {
    const plan = plans.get(path);
    if (plan === undefined) continue;
    originals.set(path, bytes);
    writeFileSync(join(folder, path), plan.after);
  }
  return { plans, functions, forms, skips, faults, seconds };
}

function strip(text, path, settings) {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  return Buffer.from(mark + stripFile(text.slice(mark.length), path, settings).text);
}

/** What the codebase does of itself: type errors, and two runs of its tests, so that those that come and go are known. */
async function baseline(name, revision, folder, corpus) {
  const file = join(values.state, `${name}.${revision.slice(0, 12)}.baseline`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const types = await typeErrors(folder, corpus);
  if (values['no-tests']) return { types };
  const alone = await runTests(folder, corpus, 'alone', false);
  const tests = await runTests(folder, corpus, 'before', true);
  const found = { types, alone, tests };
  if (values.files.length === 0) writeFileSync(file, JSON.stringify(found));
  return found;
}

/**
 * The tests with everything instrumented and spans recorded. Those that end otherwise than before are run again, to see which come and
 * go, and then without an SDK: what differs only while spans are recorded looks at the spans of others.
 */
async function testsAfter(folder, corpus, before) {
  const after = await runTests(folder, corpus, 'after', true);
  const first = compareTests(before, after, values.files.length > 0);
  const filesOf = (names) => [...new Set(names.map((name) => name.split(' > ')[0]))];
  const still = async (names, label, isTraced) => {
    if (names.length === 0) return [];
    const run = await runTests(folder, corpus, label, isTraced, filesOf(names));
    const differs = new Set(compareTests(before, run, true).changed);
    return names.filter((name) => differs.has(name));
  };
  const stubborn = await still(first.changed, 'again', true);
  const silent = await still(stubborn, 'silent', false);
  return {
    changed: silent.map((name) => described(name, before.tests, after)),
    whileRecorded: stubborn.filter((name) => !silent.includes(name)),
    flaky: [...first.flaky, ...first.changed.filter((name) => !stubborn.includes(name))],
    tests: { ...counted(after), secondsBefore: before.tests.seconds, secondsAfter: after.seconds },
    spans: after.spans,
  };
}

async function typeErrors(folder, { project }) {
  const line = ['npx', 'tsc', '--noEmit', '--pretty', 'false', '-p', project];
  const { output } = await command(folder, line, {});
  return errorsOf(output);
}

async function runTests(folder, { config, arguments: more }, label, isTraced, files = values.files) {
  const report = join(values.state, `${label}.report.json`);
  const spans = join(values.state, `${label}.spans`);
  rmSync(spans, { recursive: true, force: true });
  mkdirSync(spans);
  rmSync(report, { force: true });
  const line = [
    'npx',
    'vitest',
    'run',
    ...files,
    '--config',
    isTraced ? 'obsgen.vitest.config.mts' : config,
    ...more,
    '--reporter=json',
    `--outputFile=${report}`,
  ];
  const started = performance.now();
  const { output } = await command(folder, line, { OBSGEN_CORPUS_SPANS: spans });
  if (!existsSync(report)) throw new Error(`no report of the tests:\n${output.slice(-4000)}`);
  const counts = readdirSync(spans).map((file) => Number(readFileSync(join(spans, file), 'utf8')));
  return {
    ...readReport(JSON.parse(readFileSync(report, 'utf8')), folder),
    seconds: (performance.now() - started) / 1000,
    spans: counts.reduce((total, count) => total + count, 0),
  };
}

function command(folder, [program, ...rest], environment) {
  return new Promise((settle) => {
    const child = spawn(program, rest, {
      cwd: folder,
      env: { ...process.env, CI: '1', NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 30 * 60_000,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('close', (code) => settle({ code, output }));
  });
}

/** Makes a package of this repository resolvable; returns what has to be removed again. */
function linked(folder, name) {
  for (let at = folder; at !== dirname(at); at = dirname(at))
    if (existsSync(join(at, 'node_modules', name))) return [];
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(home, 'node_modules', name), link);
  return [link];
}

function revisionOf(checkout) {
  const note = join(checkout, '.revision');
  if (existsSync(note)) return readFileSync(note, 'utf8').trim();
  return execFileSync('git', ['-C', checkout, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
}
