import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PrometheusAddress } from './address.js';
import { DataFault } from './fault.js';

/** Milliseconds until it has to be ready, and until it has to have ended. */
const startDeadline = 30_000;
const endDeadline = 3000;
/** Between two looks, in milliseconds. */
const pause = 20;
/** Ports that are tried: somebody may take one between the moment it is found free and the moment it is listened on. */
const attempts = 3;
/** Characters of its log that are kept. */
const keptLog = 4000;

/** What a Prometheus is started on. */
export interface StorageOptions {
  readonly program: string;
  /** Blocks; nothing is scraped. */
  readonly data: string;
  /** Where its configuration is written. */
  readonly folder: string;
  /** Seconds that a sample counts for. */
  readonly lookback: number;
  readonly signal: AbortSignal;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A Prometheus on loopback that answers from blocks alone. It does not outlive this process. */
export class PrometheusProcess {
  readonly address: PrometheusAddress;
  readonly #child: ChildProcess;
  #log = '';

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.address = { url, authorization: undefined };
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#log = `${this.#log}${text}`.slice(-keptLog);
    });
    child.on('error', (error) => {
      this.#log += `${error.message}\n`;
    });
    // Before its folder is removed: while it lives it writes into it.
    process.prependOnceListener('exit', this.#kill);
  }

  /**
   * Starts it, and waits until it answers.
   * @throws DataFault with its log where it does not come up
   */
  static async start(options: StorageOptions): Promise<PrometheusProcess> {
    const config = join(options.folder, 'prometheus.yaml');
    writeFileSync(config, 'scrape_configs: []\n', { mode: 0o600 });
    for (let attempt = 1; ; attempt += 1) {
      const listen = `127.0.0.1:${await freePort()}`;
      const args = [
        `--config.file=${config}`,
        `--storage.tsdb.path=${options.data}`,
        // What was made up is old by design and is to stay.
        '--storage.tsdb.retention.time=10y',
        // Blocks stay as they are: nothing is gained by merging them.
        '--storage.tsdb.min-block-duration=2h',
        '--storage.tsdb.max-block-duration=2h',
        `--query.lookback-delta=${options.lookback}s`,
        `--web.listen-address=${listen}`,
        // Its own pages are nobody's business: no origin at all may read them.
        '--web.cors.origin=^$',
        '--enable-feature=exemplar-storage',
        '--log.level=warn',
      ];
      const child = spawn(options.program, args, {
        cwd: options.folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const started = new PrometheusProcess(child, `http://${listen}`);
      try {
        await started.#waitUntilReady(options.signal);
        return started;
      } catch (error) {
        await started.stop();
        if (attempt < attempts && started.#log.includes('address already in use')) continue;
        if (!(error instanceof DataFault)) throw error;
        throw new DataFault(error.message, started.#log.trim());
      }
    }
  }

  /** What it wrote last. */
  get log(): string {
    return this.#log;
  }

  /** Calls back where it ends by itself. */
  onEnd(listener: () => void): void {
    this.#child.once('exit', () => {
      if (!this.#stopping) listener();
    });
  }

  /** Ends it; killed where it does not end by itself. */
  async stop(): Promise<void> {
    this.#stopping = true;
    process.off('exit', this.#kill);
    if (this.#child.pid === undefined || this.#hasEnded) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const timer = setTimeout(this.#kill, endDeadline);
    await exited;
    clearTimeout(timer);
  }

  #stopping = false;

  readonly #kill = (): void => {
    this.#child.kill('SIGKILL');
  };

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async #waitUntilReady(signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + startDeadline;
    while (Date.now() < deadline) {
      signal.throwIfAborted();
      // A child that could not be started has no id; that is only known a moment later.
      if (this.#hasEnded || this.#child.pid === undefined)
        throw new DataFault('Prometheus has ended while it was starting');
      const response = await fetch(`${this.address.url}/-/ready`, { signal }).catch(() => undefined);
      await response?.body?.cancel();
      if (response?.ok === true) return;
      await sleep(pause);
    }
    throw new DataFault(`Prometheus is not ready within ${startDeadline / 1000} s`);
  }
}
