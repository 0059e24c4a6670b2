// The compiler: how long a person waits for it, and whether time and memory stay in proportion to the spec.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { specOf } from './spec-of.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const cli = path('../dist/cli/main.js');
const peakRss = path('peak-rss.mjs');
const reference = path('../test/cases/research-agent/observability.yaml');

export const rounds = 5;

/** Runs a program to its end; wall time in milliseconds, peak memory in MiB where the program was told to say it. */
function timed(command) {
  const started = performance.now();
  const { status, stdout, stderr, output } = spawnSync(process.execPath, command, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1795132800' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    maxBuffer: 1 << 28,
  });
  const ms = performance.now() - started;
  if (status !== 0)
    throw new Error(`${command.join(' ')} exited with ${status}\n${stdout}${stderr}`.slice(0, 20_000));
  return { ms, mib: output[3] === '' ? 0 : Number(output[3]) / 1024 };
}

const program = (...parameters) => timed(['--import', peakRss, cli, ...parameters]);

/** A build into a directory that does not exist yet. */
function firstBuild({ folder }, size) {
  const out = mkdtempSync(join(folder, 'out-'));
  try {
    return program('build', '--spec', join(folder, `${size}.yaml`), '--out', join(out, 'generated'));
  } finally {
    rmSync(out, { recursive: true });
  }
}

export function prepare() {
  const folder = mkdtempSync(join(tmpdir(), 'obs-gen-bench-'));
  const built = join(folder, 'built');
  try {
    for (const size of [1000, 10_000]) writeFileSync(join(folder, `${size}.yaml`), specOf(size));
    program('build', '--spec', join(folder, '10000.yaml'), '--out', built);
  } catch (error) {
    cleanUp({ folder });
    throw error;
  }
  return { folder, built };
}

export function cleanUp({ folder }) {
  rmSync(folder, { recursive: true });
}

export const cases = {
  node: () => timed(['-e', '0']),
  version: () => timed([cli, '--version']),
  validate: () => timed([cli, 'validate', '--spec', reference]),
  'validate-10k': ({ folder }) => program('validate', '--spec', join(folder, '10000.yaml')),
  'build-1k': (data) => firstBuild(data, 1000),
  'build-10k': (data) => firstBuild(data, 10_000),
  'second-build-10k': ({ folder, built }) => {
    const touched = () => [built, join(built, '.obs-gen.json')].map((each) => statSync(each).mtimeMs).join();
    const before = touched();
    const figures = program('build', '--spec', join(folder, '10000.yaml'), '--out', built);
    if (touched() !== before) throw new Error('the second build wrote something');
    return figures;
  },
};

export const rows = [
  { name: '--version', unit: 'ms', ours: 'version.ms', floor: 'node.ms', goal: 250 },
  { name: 'validate, the reference spec', unit: 'ms', ours: 'validate.ms', floor: 'node.ms', goal: 600 },
  { name: 'validate, 10,000 metrics', unit: 'ms', ours: 'validate-10k.ms', floor: 'node.ms', goal: 4000 },
  { name: 'build, 1,000 metrics', unit: 'ms', ours: 'build-1k.ms', floor: 'node.ms' },
  { name: 'build, 10,000 metrics', unit: 'ms', ours: 'build-10k.ms', floor: 'node.ms', goal: 10_000 },
  { name: 'build, 10,000 metrics, peak memory', unit: 'MiB', ours: 'build-10k.mib', goal: 700 },
  {
    name: 'build, time for 10,000 / 1,000 metrics',
    unit: 'x',
    ours: ['build-10k.ms', 'build-1k.ms'],
    goal: 13,
  },
  { name: 'second build, 10,000 metrics', unit: 'ms', ours: 'second-build-10k.ms', floor: 'node.ms' },
];
