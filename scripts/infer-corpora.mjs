/**
 * Makes a spec of public services, from the page that each serves and from the code that ships with it, and holds the running service
 * against it: `infer`, `validate`, `live-check --min-coverage 1`. Prints the table of docs/infer.md.
 *
 *   node scripts/infer-corpora.mjs [--dist DIR] NAME=FOLDER...
 *
 * NAME is a key of `corpora`; FOLDER a folder in which `npm install --ignore-scripts PACKAGE` was run. Unleash needs a PostgreSQL, at
 * INFER_DATABASE (postgres://user:password@host:port/name). The services are asked over the loopback interface, and ended afterwards.
 * The exit code is 1 where one of them does not pass.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs, promisify } from 'node:util';
import { startService } from './infer-corpora/start.mjs';

const run = promisify(execFile);

/** The services: where their code is public, which release was looked at, and which folder of it has the metrics. */
const corpora = {
  unleash: {
    repository: 'Unleash/unleash',
    package: 'unleash-server',
    version: '7.5.1',
    code: 'node_modules/unleash-server/dist/lib',
  },
  'unleash-proxy': {
    repository: 'Unleash/unleash-proxy',
    package: '@unleash/proxy',
    version: '1.4.9',
    code: 'node_modules/@unleash/proxy/src',
  },
  mountebank: {
    repository: 'bbyars/mountebank',
    package: 'mountebank',
    version: '2.9.1',
    code: 'node_modules/mountebank/src',
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: 'string', default: join(import.meta.dirname, '../dist') } },
});
const main = join(resolve(values.dist), 'cli/main.js');

/** Runs obs-gen; what it prints and how it ended, whichever way that was. */
async function obsGen(...args) {
  try {
    const { stdout, stderr } = await run(process.execPath, [main, ...args], { maxBuffer: 1 << 28 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    if (typeof error.code !== 'number') throw error;
    return { code: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

function installed(folder, name) {
  return JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
}

async function measure(name, folder) {
  const corpus = corpora[name];
  if (corpus === undefined) throw new Error(`${name} is none of ${Object.keys(corpora).join(', ')}`);
  const version = installed(folder, corpus.package);
  if (version !== corpus.version)
    process.stderr.write(`${name}: ${version} is installed, not ${corpus.version}\n`);
  const service = await startService(name, folder);
  const scratch = mkdtempSync(join(tmpdir(), 'infer-corpora-'));
  try {
    const spec = join(scratch, 'observability.yaml');
    const inferred = await obsGen(
      ...['infer', '--metrics', service.url, '--code', join(folder, corpus.code), '--name', name],
      ...['--seen-only', '--write', spec, '--format', 'json'],
    );
    if (inferred.code !== 0) throw new Error(`${name}: ${inferred.stderr}`);
    const report = JSON.parse(inferred.stdout);
    const validated = await obsGen('validate', '--spec', spec, '--quiet');
    const checked = await obsGen('live-check', service.url, '--spec', spec, '--min-coverage', '1');
    const coverage = /metrics\s+(\d+)\s+of\s+(\d+)/.exec(checked.stdout + checked.stderr);
    if (checked.code !== 0) process.stderr.write(`${name}: ${checked.stdout}${checked.stderr}\n`);
    return {
      name,
      repository: corpus.repository,
      version,
      report,
      isValid: validated.code === 0,
      isLive: checked.code === 0,
      coverage: coverage === null ? 'none' : `${coverage[1]} of ${coverage[2]}`,
    };
  } finally {
    await service.stop();
    rmSync(scratch, { recursive: true });
  }
}

const rows = [];
for (const each of positionals) {
  const [name = '', folder = ''] = each.split('=');
  rows.push(await measure(name, resolve(folder)));
}
process.stdout.write(
  '| service | metrics found | declared | as metrics of others | presets | labels | guesses | `validate` | `live-check` | coverage |\n' +
    '|---|--:|--:|--:|---|--:|--:|---|---|--:|\n',
);
for (const { name, repository, version, report, isValid, isLive, coverage } of rows) {
  const { found, taken, guesses } = report;
  const cells = [
    `[${name}](https://github.com/${repository}) ${version}`,
    found.metrics,
    taken.metrics,
    taken.external,
    taken.presets.join(', '),
    taken.labels,
    guesses.length,
    isValid ? 'passes' : 'fails',
    isLive ? 'passes' : 'fails',
    coverage,
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
process.exit(rows.every(({ isValid, isLive }) => isValid && isLive) ? 0 : 1);
