import { EventEmitter, once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, NoAnswer, versionOf, type Said } from './ask.js';
import type { Data, PrometheusState } from './data.js';
import { DataFault } from './fault.js';
import { PrivateFolder } from './folder.js';
import { PrometheusProcess } from './process.js';
import type { SampleWriter } from './sample-writer.js';

/** Milliseconds for the question which version it is. */
const patience = 5000;
/** Milliseconds without a query after which more data is made up, and the longest that this is put off. */
const rest = 300;
const longestRest = 3000;

/** A Prometheus of our own on made-up data. */
interface Fed {
  readonly process: PrometheusProcess;
  readonly folder: PrivateFolder;
  readonly version: string | undefined;
}

export interface SampleDataOptions {
  /** Prometheus, as a path. */
  readonly program: string;
  /** The end of the made-up data, in seconds since 1970. */
  readonly now: number;
  /** Seconds that a sample counts for. */
  readonly lookback: number;
  /** Called where what would be answered is not what was answered before. */
  readonly changed: () => void;
}

async function drop({ process, folder }: Pick<Fed, 'process' | 'folder'>): Promise<void> {
  await process.stop();
  folder.remove();
}

/**
 * Made-up data, in a Prometheus that was started for it. The last hours come first and the history later; other data gets another
 * Prometheus. Until the new one is there, the old one answers.
 */
export class SampleData implements Data {
  readonly mode = 'sample';
  readonly now: number;
  readonly #options: SampleDataOptions;
  #current: Fed | undefined;
  #fault: DataFault | undefined;
  /** Tells the data that is there from other data. */
  #digest: string | undefined;
  /** Ends what is being fed when there is something newer. */
  #feeding = new AbortController();
  #work: Promise<void> = Promise.resolve();
  /** Queries that are being answered. */
  #asked = 0;
  /** Wakes those who wait for the first data. */
  readonly #waiting = new EventEmitter().setMaxListeners(0);

  constructor(options: SampleDataOptions) {
    this.#options = options;
    this.now = options.now;
  }

  /** Brings a sample into Prometheus. Never rejects: a fault is a part of the state. */
  feed(open: () => SampleWriter): Promise<void> {
    this.#feeding.abort();
    const feeding = new AbortController();
    this.#feeding = feeding;
    this.#work = this.#work.then(() => this.#take(open, feeding.signal));
    return this.#work;
  }

  state(): PrometheusState {
    const fault = this.#fault;
    const version = this.#current?.version;
    if (fault === undefined) return { available: true, version };
    return { available: this.#current !== undefined, version, reason: fault.message, help: fault.log };
  }

  async ask(target: string, signal: AbortSignal): Promise<Said> {
    if (this.#current === undefined && this.#fault === undefined)
      await once(this.#waiting, 'over', { signal });
    signal.throwIfAborted();
    this.#asked += 1;
    try {
      return await this.#ask(target, signal);
    } finally {
      this.#asked -= 1;
    }
  }

  async #ask(target: string, signal: AbortSignal): Promise<Said> {
    const fed = this.#current;
    if (fed === undefined) throw new NoAnswer('unavailable', this.#fault?.message ?? 'the preview has ended');
    try {
      return await ask(fed.process.address, target, { signal });
    } catch (error) {
      // One that was ended because another has taken over: that one knows the answer.
      const next = this.#current;
      if (next === undefined || next === fed || !(error instanceof NoAnswer) || error.kind === 'timeout')
        throw error;
      return ask(next.process.address, target, { signal });
    }
  }

  async close(): Promise<void> {
    this.#feeding.abort();
    await this.#work;
    const current = this.#current;
    this.#current = undefined;
    this.#waiting.emit('over');
    if (current !== undefined) await drop(current);
  }

  async #take(open: () => SampleWriter, signal: AbortSignal): Promise<void> {
    let writer: SampleWriter | undefined;
    try {
      signal.throwIfAborted();
      writer = open();
      await this.#takeParts(writer, signal);
    } catch (error) {
      if (signal.aborted) return;
      this.#digest = undefined;
      this.#fault =
        error instanceof DataFault ? error : new DataFault(`no data could be made up: ${String(error)}`);
      this.#options.changed();
      this.#waiting.emit('over');
    } finally {
      await writer?.close();
    }
  }

  async #takeParts(writer: SampleWriter, signal: AbortSignal): Promise<void> {
    let recent: string | undefined;
    for (const part of ['recent', 'whole'] as const) {
      const folder = new PrivateFolder();
      try {
        if (part === 'whole') await this.#untilQuiet(signal);
        const data = join(folder.path, 'data');
        mkdirSync(data);
        const digest = await writer.write(part, data, signal);
        if (part === 'recent' && digest === this.#digest) {
          folder.remove();
          return;
        }
        await this.#replace(await this.#start(folder, data, signal));
        recent ??= digest;
      } catch (error) {
        folder.remove();
        throw error;
      }
    }
    // Only now: what was begun and given up is to be begun again.
    this.#digest = recent;
  }

  /** The panels of a page that is open come before the data that they can do without for a while. */
  async #untilQuiet(signal: AbortSignal): Promise<void> {
    const latest = Date.now() + longestRest;
    do await sleep(rest, undefined, { signal });
    while (this.#asked > 0 && Date.now() < latest);
  }

  async #replace(fed: Fed): Promise<void> {
    const before = this.#current;
    const isNews = before !== undefined || this.#fault !== undefined;
    this.#current = fed;
    this.#fault = undefined;
    fed.process.onEnd(() => {
      this.#onEnd(fed);
    });
    this.#waiting.emit('over');
    if (isNews) this.#options.changed();
    if (before !== undefined) await drop(before);
  }

  /** @param data the folder of the blocks, in the folder that is removed with it */
  async #start(folder: PrivateFolder, data: string, signal: AbortSignal): Promise<Fed> {
    const { program, lookback } = this.#options;
    const process = await PrometheusProcess.start({ program, data, folder: folder.path, lookback, signal });
    try {
      return { process, folder, version: await versionOf(process.address, { patience, signal }) };
    } catch (error) {
      await process.stop();
      throw error;
    }
  }

  #onEnd(fed: Fed): void {
    if (this.#current !== fed) return;
    this.#fault = new DataFault('Prometheus has ended', fed.process.log.trim());
    this.#current = undefined;
    fed.folder.remove();
    this.#options.changed();
  }
}
