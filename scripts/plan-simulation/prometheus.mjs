/** A running Prometheus, what it says of itself, and the block that it writes of its head. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import { setTimeout as sleep } from 'node:timers/promises';

const units = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800, y: 31_536_000 };

function secondsOf(text) {
  let sum = 0;
  for (const [, number, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(number) * units[unit];
  return sum;
}

const shortened = (text, factor) => `${Math.max(1, Math.round(secondsOf(text) * factor * 1000))}ms`;

/** Rules whose time runs faster: every interval, window and delay is so many times as long. */
export function hurried(rules, factor) {
  const duration = '((?:\\d+(?:ms|[smhdwy]))+)';
  return rules
    .replace(new RegExp(`\\[${duration}\\]`, 'g'), (_, text) => `[${shortened(text, factor)}]`)
    .replace(
      new RegExp(`\\[${duration}:${duration}\\]`, 'g'),
      (_, a, b) => `[${shortened(a, factor)}:${shortened(b, factor)}]`,
    )
    .replace(new RegExp(`offset ${duration}`, 'g'), (_, text) => `offset ${shortened(text, factor)}`)
    .replace(
      new RegExp(`^( *(?:interval|for|keep_firing_for): )${duration}$`, 'gm'),
      (_, key, text) => key + shortened(text, factor),
    );
}

/** The values of some of the metrics on a page, by name; rows of one name are added up. */
function readings(page) {
  const found = new Map();
  for (const line of page.split('\n')) {
    const [, name, value] = /^([a-z_]+)(?:\{.*\})? (\S+)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, (found.get(name) ?? 0) + Number(value));
  }
  return found;
}

function bytesBelow(folder) {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesBelow(path) : statSync(path).size);
  }, 0);
}

/** A running Prometheus. */
export class Prometheus {
  #child;
  #data;
  #address;
  log = '';

  constructor({ folder, port, config }) {
    mkdirSync(folder, { recursive: true });
    this.#data = join(folder, 'data');
    this.#address = `http://127.0.0.1:${port}`;
    const file = join(folder, 'prometheus.yaml');
    writeFileSync(file, config);
    this.#child = spawn(
      'prometheus',
      [
        ...[`--config.file=${file}`, `--storage.tsdb.path=${this.#data}`],
        ...['--web.enable-admin-api', `--web.listen-address=127.0.0.1:${port}`, '--log.level=warn'],
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.log = `${this.log}${text}`.slice(-8000);
    });
  }

  /** Ends it at once. */
  kill() {
    this.#child.kill('SIGKILL');
  }

  get hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async ready() {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (this.hasEnded) throw new Error(`Prometheus has ended: ${this.log}`);
      const answer = await globalThis.fetch(`${this.#address}/-/ready`).catch(() => undefined);
      await answer?.body?.cancel();
      if (answer?.ok === true) return;
      await sleep(100);
    }
    throw new Error('Prometheus is not ready within a minute');
  }

  /** What it counts of itself. */
  async readings() {
    const answer = await globalThis.fetch(`${this.#address}/metrics`);
    return readings(await answer.text());
  }

  /** The first value of a query; NaN where there is none. */
  async query(expr) {
    const answer = await globalThis.fetch(`${this.#address}/api/v1/query?query=${encodeURIComponent(expr)}`);
    const { data } = await answer.json();
    return Number(data?.result?.[0]?.value?.[1] ?? NaN);
  }

  /** Lets it write its head as a block, and measures that: samples, series, chunks, bytes. */
  async block() {
    const answer = await globalThis.fetch(`${this.#address}/api/v1/admin/tsdb/snapshot`, { method: 'POST' });
    const { data, error } = await answer.json();
    if (data?.name === undefined) throw new Error(`no snapshot: ${error}`);
    const snapshot = join(this.#data, 'snapshots', data.name);
    const blocks = readdirSync(snapshot).filter((name) => existsSync(join(snapshot, name, 'meta.json')));
    return blocks.reduce(
      (sum, name) => {
        const folder = join(snapshot, name);
        const { stats } = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
        const chunks = bytesBelow(join(folder, 'chunks'));
        return {
          samples: sum.samples + stats.numSamples,
          series: sum.series + stats.numSeries,
          chunks: sum.chunks + stats.numChunks,
          chunkBytes: sum.chunkBytes + chunks,
          indexBytes: sum.indexBytes + bytesBelow(folder) - chunks,
        };
      },
      { samples: 0, series: 0, chunks: 0, chunkBytes: 0, indexBytes: 0 },
    );
  }

  get walBytes() {
    return bytesBelow(join(this.#data, 'wal'));
  }

  async stop() {
    if (this.hasEnded) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 30_000);
    await ended;
    clearTimeout(timer);
  }
}
