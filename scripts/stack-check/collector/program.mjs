/* global fetch */
/** A Collector that a check runs: found, started with a configuration, asked, stopped by its id. */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as wait } from 'node:timers/promises';

/** Names that distributions give the program; a build may have its version behind it. */
const names = /^otelcol(?:-contrib)?(?:-[0-9][0-9.]*)?$/;

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The Collectors of OBSGEN_STACK_PROGRAMS and the PATH, by their versions; one that says none is not one. */
export function findCollectors() {
  const folders = [process.env.OBSGEN_STACK_PROGRAMS, ...(process.env.PATH ?? '').split(delimiter)];
  const found = new Map();
  for (const folder of folders.filter((each) => each !== undefined && each !== '')) {
    let entries;
    try {
      entries = readdirSync(folder).filter((name) => names.test(name));
    } catch {
      continue;
    }
    for (const name of entries) {
      const path = join(folder, name);
      if (!isExecutable(path)) continue;
      const { stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 });
      const version = /version v?(\d[\w.-]*)/.exec(stdout ?? '')?.[1];
      if (version !== undefined && !found.has(version)) found.set(version, path);
    }
  }
  return [...found].map(([version, path]) => ({ version, path }));
}

/** Ports of loopback that are free just now. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer().once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** The ports of one Collector. */
export async function collectorPorts() {
  const [grpc, http, health, own, spanMetrics] = await freePorts(5);
  return { grpc, http, health, own, spanMetrics };
}

/** What `validate` says of a file: empty where nothing is wrong. */
export function validate(path, file) {
  const { status, stderr, stdout, error } = spawnSync(path, ['validate', '--config', file], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error !== undefined) return String(error);
  return status === 0 ? '' : `${stderr}${stdout}`.trim();
}

/**
 * Starts a Collector and waits until it is healthy.
 * @param overlays settings of the check that go over the generated file, as the program's own `yaml:` provider reads them
 */
export async function startCollector({ path, folder, name, config, ports, overlays = [], env = {} }) {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, config);
  const args = ['--config', file, ...overlays.flatMap((overlay) => ['--config', `yaml:${overlay}`])];
  const child = spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, ...env },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      log = (log + String(text)).slice(-200_000);
    });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const running = {
    ports,
    pid: child.pid,
    log: () => log,
    /** Ends it, and waits for that; `SIGKILL` is how a machine that fails ends it. */
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      const hard = setTimeout(() => child.kill('SIGKILL'), 40_000);
      await ended;
      clearTimeout(hard);
    },
  };
  try {
    await until(
      async () => {
        if (child.exitCode !== null) throw new Error(`the Collector ended: ${log.slice(-3000)}`);
        return (await fetch(`http://127.0.0.1:${ports.health}/`)).ok;
      },
      60_000,
      'the Collector is healthy',
    );
  } catch (error) {
    await running.stop('SIGKILL');
    throw error;
  }
  return running;
}

/** Waits until something holds; asks that fail for want of a listener count as no. */
export async function until(holds, milliseconds, what) {
  const end = Date.now() + milliseconds;
  let last;
  while (Date.now() < end) {
    try {
      if (await holds()) return;
      last = undefined;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      last = error;
    }
    await wait(200);
  }
  throw new Error(
    `not within ${milliseconds / 1000} s: ${what}${last === undefined ? '' : ` (${last.message})`}`,
  );
}
