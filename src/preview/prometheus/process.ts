import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChildProgram } from '../../processes/child-program.js';
import { freePort, loopback } from '../../processes/ports.js';
import { untilReady } from '../../processes/until-ready.js';
import type { PrometheusAddress } from './address.js';
import { DataFault } from './fault.js';

/** Milliseconds until it has to be ready. */
const startDeadline = 30_000;
/** Ports that are tried: somebody may take one between the moment it is found free and the moment it is listened on. */
const attempts = 3;

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

/** A Prometheus on loopback that answers from blocks alone. It does not outlive this process. */
export class PrometheusProcess {
  readonly address: PrometheusAddress;
  readonly #child: ChildProgram;

  private constructor(child: ChildProgram, url: string) {
    this.#child = child;
    this.address = { url, authorization: undefined };
  }

  /**
   * Starts it, and waits until it answers.
   * @throws DataFault with its log where it does not come up
   */
  static async start(options: StorageOptions): Promise<PrometheusProcess> {
    const config = join(options.folder, 'prometheus.yaml');
    writeFileSync(config, 'scrape_configs: []\n', { mode: 0o600 });
    for (let attempt = 1; ; attempt += 1) {
      const listen = `${loopback}:${await freePort()}`;
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
      const child = new ChildProgram({ program: options.program, args, cwd: options.folder });
      const started = new PrometheusProcess(child, `http://${listen}`);
      try {
        await started.#waitUntilReady(options.signal);
        return started;
      } catch (error) {
        await started.stop();
        if (attempt < attempts && started.log.includes('address already in use')) continue;
        if (!(error instanceof DataFault)) throw error;
        throw new DataFault(error.message, started.log.trim());
      }
    }
  }

  /** What it wrote last. */
  get log(): string {
    return this.#child.log;
  }

  /** Calls back where it ends by itself. */
  onEnd(listener: () => void): void {
    this.#child.onEnd(listener);
  }

  /** Ends it; killed where it does not end by itself. */
  stop(): Promise<void> {
    return this.#child.stop();
  }

  async #waitUntilReady(signal: AbortSignal): Promise<void> {
    const outcome = await untilReady(`${this.address.url}/-/ready`, {
      deadline: startDeadline,
      signal,
      hasEnded: () => this.#child.hasEnded,
    });
    if (outcome === 'ended') throw new DataFault('Prometheus has ended while it was starting');
    if (outcome === 'late') throw new DataFault(`Prometheus is not ready within ${startDeadline / 1000} s`);
  }
}
