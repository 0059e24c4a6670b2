import type { Model } from '../../../model/model.js';
import type { Preview } from '../../../preview/index.js';
import { join } from 'node:path';
import { loopback } from '../../../processes/ports.js';
import { logOf, type StackFolder } from '../folder.js';
import { StackFault } from '../stack-fault.js';
import {
  markOf,
  removeStackState,
  writeStackState,
  type RunningName,
  type RunningPart,
  type StackState,
} from '../state.js';
import type { PartPlan } from './plan.js';
import { StartedPart } from './started-part.js';

/** What is started. */
export interface NativeOptions {
  readonly folder: StackFolder;
  readonly model: Model;
  /** Absolute paths. */
  readonly spec: string;
  readonly out: string;
  /** In the order in which they are started; they are ended in the opposite one. */
  readonly parts: readonly PartPlan[];
  readonly previewPort: number;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Told of what is waited for. */
  readonly onStep: (text: string) => void;
  /** Told of a part that ended by itself: how, and the end of its log. It is not started again. */
  readonly onPartEnded: (part: RunningName, how: string, tail: readonly string[]) => void;
  readonly onFault: (error: unknown) => void;
}

/** Where the preview asks whether it is ready. */
const previewReady = '/api/state';

/** The programs of a stack on this machine, with the preview, and the file that tells others of them. */
export class NativeStack {
  readonly #options: NativeOptions;
  readonly #started: StartedPart[] = [];
  readonly #ended = new Map<RunningName, string>();
  #preview: Preview | undefined;
  #previewPart: RunningPart | undefined;
  #isUp = false;

  private constructor(options: NativeOptions) {
    this.#options = options;
  }

  /**
   * Starts all parts, and waits until each answers.
   * @throws StackFault where one does not come up: what was started has ended then; the signal's reason
   */
  static async start(options: NativeOptions): Promise<NativeStack> {
    const stack = new NativeStack(options);
    try {
      await stack.#start();
      return stack;
    } catch (error) {
      await stack.close();
      throw error;
    }
  }

  /** Those that were started, also those that have ended since. */
  get parts(): readonly RunningPart[] {
    const programs = this.#started.map(({ running }) => running);
    const all = this.#previewPart === undefined ? programs : [...programs, this.#previewPart];
    return all.map((each) => ({ ...each, ended: this.#ended.get(each.part) }));
  }

  /** Ends everything, the last that was started first, and takes the state away. */
  async close(): Promise<void> {
    const { onStep, folder } = this.#options;
    onStep('ending the preview');
    await this.#preview?.close();
    for (const part of [...this.#started].reverse()) {
      onStep(`ending ${part.running.part}`);
      await part.stop();
    }
    removeStackState(folder.path);
  }

  async #start(): Promise<void> {
    const { parts, folder, signal, onStep, onPartEnded } = this.#options;
    // Before the first program: whoever comes now finds that somebody is at it.
    this.#tell();
    for (const plan of parts) {
      signal.throwIfAborted();
      const started = new StartedPart(plan, join(folder.data, plan.part), logOf(folder, plan.part));
      this.#started.push(started);
      started.onEnd((how) => {
        this.#onEnd(started, how);
      });
      this.#tell();
    }
    const waiting = new Set<string>(parts.map(({ part }) => part));
    onStep(`waiting for ${[...waiting].join(', ')}`);
    await Promise.all(
      this.#started.map(async (each) => {
        await each.untilReady(signal);
        waiting.delete(each.running.part);
        if (waiting.size > 0) onStep(`waiting for ${[...waiting].join(', ')}`);
      }),
    );
    await this.#startPreview();
    this.#isUp = true;
    for (const each of this.#started) {
      const how = this.#ended.get(each.running.part);
      if (how !== undefined) onPartEnded(each.running.part, how, each.tail());
    }
  }

  #onEnd(started: StartedPart, how: string): void {
    const { part } = started.running;
    this.#ended.set(part, how);
    this.#tell();
    if (this.#isUp) this.#options.onPartEnded(part, how, started.tail());
  }

  async #startPreview(): Promise<void> {
    const { model, env, onFault, onStep, previewPort, folder, spec } = this.#options;
    const prometheus = this.#started.find(({ running }) => running.part === 'prometheus');
    if (prometheus === undefined) throw new Error('bug: a stack without Prometheus');
    onStep('waiting for the preview');
    const { startPreview } = await import('../../../preview/index.js');
    this.#preview = await startPreview({
      model,
      problems: [],
      path: spec,
      prometheus: { url: prometheus.running.url, authorization: undefined },
      port: previewPort,
      env,
      onFault,
    }).catch((error: unknown) => {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new StackFault(`the preview cannot be served at ${loopback}:${previewPort}: ${code ?? message}`);
    });
    this.#previewPart = {
      part: 'preview',
      url: this.#preview.url.replace(/\/$/, ''),
      ready: previewReady,
      startedAt: new Date().toISOString(),
      log: logOf(folder, 'stack'),
      ...this.#self(),
    };
    this.#tell();
  }

  #self(): StackState['supervisor'] {
    const mark = markOf(process.pid);
    if (mark === undefined) throw new Error('bug: this process does not exist');
    return mark;
  }

  #tell(): void {
    const { folder, model, spec, out } = this.#options;
    writeStackState(folder.path, {
      service: model.service.name,
      spec,
      out,
      supervisor: this.#self(),
      parts: this.parts,
    });
  }
}
