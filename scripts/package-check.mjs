/**
 * Packs what `npm publish` would send, and uses it as a stranger would: `npm run test:package` after a build, or
 * `node scripts/package-check.mjs [--root FOLDER] [--write]`. The tarball is looked at and measured against bounds, its types are held
 * against what tools make of them; it is installed into an empty project with a clean home, and somebody's first hour is gone through, each
 * step with its time; then its commands are run without a network. --write puts the times into docs/newcomer.md. The registry of packages has
 * to be there, or a cache of it. Exit codes: 0 all is well, 1 something is not, 2 usage.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Fault, run } from './package-check/command.mjs';
import { homeIn, npmArguments, packagesOf, useCommands } from './package-check/consumer.mjs';
import { checkEntryPoints } from './package-check/entry-points.mjs';
import { newcomer } from './package-check/newcomer.mjs';
import { offline } from './package-check/offline.mjs';
import { bounds, contentFaults, holdBounds, pack } from './package-check/tarball.mjs';
import { checkTypes } from './package-check/types.mjs';

const here = join(import.meta.dirname, '..');
const document = join(here, 'docs/newcomer.md');
const json = (...path) => JSON.parse(readFileSync(join(here, ...path), 'utf8'));
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** What services install beside obs-gen: the versions that the tests have. */
function versions() {
  const { devDependencies } = json('package.json');
  const compiler = json('test/peers/typescript/package.json').dependencies['typescript-7'];
  const of = (name) => [name, devDependencies[name]];
  return {
    runtime: Object.fromEntries([of('prom-client'), of('@opentelemetry/api')]),
    development: {
      typescript: compiler.replace(/^npm:typescript@/, ''),
      ...Object.fromEntries([of('@types/node')]),
    },
  };
}

function table(taken) {
  const rows = taken.map(({ title, seconds }) => `| ${title} | ${seconds.toFixed(1)} |`);
  const all = taken.reduce((sum, { seconds }) => sum + seconds, 0);
  return ['| step | seconds |', '|---|---:|', ...rows, `| all | ${all.toFixed(1)} |`].join('\n');
}

/** Puts the table between the markers of docs/newcomer.md. */
function write(text) {
  const markers = { begin: '<!-- package-check: begin -->', end: '<!-- package-check: end -->' };
  const known = readFileSync(document, 'utf8');
  const begin = known.indexOf(markers.begin);
  const end = known.indexOf(markers.end);
  if (begin < 0 || end < begin)
    throw new Fault(`${document} has no place for it between ${markers.begin} and ${markers.end}`);
  const machine = `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores, packages from npm's cache:`;
  writeFileSync(
    document,
    `${known.slice(0, begin + markers.begin.length)}\n\n${machine}\n\n${text}\n\n${known.slice(end)}`,
  );
}

/** Does one part and says how long it took; what fails is told, and the next part goes on where it can. */
function checklist() {
  const faults = [];
  return {
    faults,
    /** @returns what the body returns; undefined where it found a fault */
    async part(title, body) {
      const begin = performance.now();
      const seconds = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
      try {
        return await body((said) => process.stdout.write(`ok      ${title}: ${said} (${seconds()})\n`));
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        faults.push(title);
        process.stdout.write(`failed  ${title}\n${error.message.replaceAll(/^/gm, '        ')}\n`);
        return undefined;
      }
    },
  };
}

async function check(root, isWritten) {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-package-'));
  const { part, faults } = checklist();
  const hasPromtool = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).error === undefined;
  try {
    const env = await homeIn(folder);
    const project = join(folder, 'project');
    const packed = await part('tarball', async (say) => {
      const found = await pack(root, folder);
      holdBounds({ packed: found.size, unpacked: found.unpackedSize, files: found.entryCount });
      say(
        `${megabytes(found.size)}, ${megabytes(found.unpackedSize)} in ${found.entryCount} files (at most ${megabytes(bounds.packed)}, ${megabytes(bounds.unpacked)}, ${bounds.files})`,
      );
      return found;
    });
    if (packed === undefined) return faults;
    const types = part('types', async (say) => {
      say(await checkTypes(here, packed.tarball));
    });
    let brought = 0;
    const taken = await part('newcomer', async (say) => {
      const installed = (count) => {
        brought = count;
      };
      const given = { tarball: packed.tarball, versions: versions(), env, hasPromtool, installed };
      const steps = await newcomer(project, given);
      const end = hasPromtool
        ? 'proven alerts'
        : 'dashboards (there is no promtool to prove the alerts with)';
      say(`${steps.length} steps from an empty folder to ${end}`);
      return steps;
    });
    await types;
    if (taken === undefined) return faults;
    process.stdout.write(`\n${table(taken)}\n\n`);
    if (isWritten) write(table(taken));
    await part('production packages', (say) => {
      holdBounds({ packages: brought });
      say(`${brought} (at most ${bounds.packages})`);
    });
    await part('content', (say) => {
      const wrong = contentFaults(root, join(project, 'node_modules/obs-gen'));
      if (wrong.length > 0) throw new Fault(wrong.slice(0, 40).join('\n'));
      say('only what is used, no leftovers, no paths of this machine, every import leads somewhere');
    });
    await part('entry points', async (say) => {
      const count = await checkEntryPoints(project, env);
      say(`${count} of the runtime, compiled and run as a module and as CommonJS`);
    });
    await part('npm ci --ignore-scripts', async (say) => {
      const before = packagesOf(project);
      await run('npm', ['ci', ...npmArguments], { cwd: project, env });
      const { count, scripted } = packagesOf(project);
      if (count !== before.count) throw new Fault(`${before.count} packages before, ${count} after`);
      if (scripted.length > 0) throw new Fault(`these have install scripts: ${scripted.join(', ')}`);
      say('the lock gives the same packages, none of which has an install script');
    });
    await part('without network', async (say) => {
      const { way, run: start } = offline(folder);
      await useCommands(project, start, env, hasPromtool);
      say(`--version, init, validate, build${hasPromtool ? ', test' : ''} ${way}`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return faults;
}

const { values } = parseArgs({ options: { root: { type: 'string' }, write: { type: 'boolean' } } });
const root = resolve(values.root ?? here);
if (!existsSync(join(root, 'dist/cli/main.js'))) {
  process.stderr.write(`${root} is not built: npm run build\n`);
  process.exitCode = 2;
} else {
  const begin = performance.now();
  const faults = await check(root, values.write === true);
  const seconds = `in ${((performance.now() - begin) / 1000).toFixed(0)} s`;
  process.stdout.write(
    faults.length === 0
      ? `the package can be installed, compiled against, used and tested, with network and without, ${seconds}\n`
      : `failed: ${faults.join(', ')}, ${seconds}\n`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
