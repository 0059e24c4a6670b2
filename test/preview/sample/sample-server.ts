import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part, Sample } from '../../../src/preview/sample/index.js';
import { RunningProgram } from '../../support/running-program.js';
import type { SentQuery } from './grafana-queries.js';

interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** A Prometheus on the blocks of a sample. */
export class SampleServer {
  readonly #program: RunningProgram;
  readonly #folder: string;

  private constructor(program: RunningProgram, folder: string) {
    this.#program = program;
    this.#folder = folder;
  }

  static async start(sample: Sample, part: Part): Promise<SampleServer> {
    const folder = mkdtempSync(join(tmpdir(), 'obs-gen-sample-'));
    try {
      const data = join(folder, 'data');
      mkdirSync(data);
      await sample.writeBlocks(data, part);
      writeFileSync(join(folder, 'prometheus.yaml'), 'scrape_configs: []\n');
      const program = await RunningProgram.start('prometheus', (listen) => [
        `--config.file=${join(folder, 'prometheus.yaml')}`,
        `--storage.tsdb.path=${data}`,
        '--storage.tsdb.retention.time=10y',
        `--web.listen-address=${listen}`,
        '--log.level=warn',
      ]);
      return new SampleServer(program, folder);
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  async stop(): Promise<void> {
    await this.#program.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask(path: string, parameters: Readonly<Record<string, string>>): Promise<readonly Series[]> {
    const answer = (await this.#program.get(
      `/api/v1/${path}?${String(new URLSearchParams(parameters))}`,
    )) as {
      readonly data: { readonly resultType: string; readonly result: readonly Series[] };
    };
    const { resultType, result } = answer.data;
    return resultType === 'scalar' ? [{ metric: {}, value: result as never }] : result;
  }

  query(query: string, time: number): Promise<readonly Series[]> {
    return this.#ask('query', { query, time: String(time) });
  }

  range(query: string, start: number, end: number, step: number): Promise<readonly Series[]> {
    return this.#ask('query_range', { query, start: String(start), end: String(end), step: String(step) });
  }

  send({ expr, instant, start, end, step }: SentQuery): Promise<readonly Series[]> {
    return instant ? this.query(expr, end) : this.range(expr, start, end, step);
  }
}
