import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveCheck } from '../live-check.js';
import { Pages } from '../pages.js';
import { exporterVariables, startChild, type Child, type Ended } from './child.js';
import { receiveGrpc } from './grpc-receiver.js';
import { receiveHttp } from './http-receiver.js';
import { lookAtText, noteEmpty, type Readers } from './look-at-text.js';
import { readInput } from './read-input.js';
import type { ListenAddress, Receiver } from './receiver.js';
import { scrape, type ScrapeOptions } from './scrape.js';
import { takerOf } from './take.js';
import { TargetError } from './target-error.js';

/** What is looked at, and for how long. Times in milliseconds. */
export interface SessionPlan {
  /** Addresses of pages, files, `-` for standard input. */
  readonly targets: readonly string[];
  readonly listenHttp: ListenAddress | undefined;
  readonly listenGrpc: ListenAddress | undefined;
  /** A command with its arguments; empty: none. What is looked at ends with it. */
  readonly command: readonly string[];
  /** For how long listeners are open; undefined: until the command ends, or until somebody ends it. */
  readonly duration: number | undefined;
  /** How often each page is asked for, and the time in between. */
  readonly samples: number;
  readonly interval: number;
  /** How long a page that cannot be had yet is waited for. */
  readonly wait: number;
  readonly scrape: Omit<ScrapeOptions, 'signal'>;
}

/** What is told while it runs. */
export interface SessionEvents {
  listening(addresses: readonly string[]): void;
  step(text: string): void;
}

const isAddress = (target: string): boolean => /^https?:\/\//i.test(target);

/** Between two tries of a page that is waited for. */
const retry = 500;

/** Sleeps; ends early, and without a complaint, when the signal comes. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Looks at everything that is asked for, and hands it to a check. */
export class Session {
  readonly #check: LiveCheck;
  readonly #plan: SessionPlan;
  readonly #events: SessionEvents;
  readonly #readers: Readers;
  /** Ends what is under way: time is up, the command has ended, or somebody ends it. */
  readonly #end = new AbortController();

  constructor(check: LiveCheck, plan: SessionPlan, events: SessionEvents) {
    this.#check = check;
    this.#plan = plan;
    this.#events = events;
    this.#readers = { check, pages: new Pages(check) };
  }

  /**
   * Runs to the end of what is asked for.
   * @param stop ends it early; what has come until then counts
   * @throws TargetError where a target cannot be looked at
   */
  async run(stop: AbortSignal): Promise<void> {
    const onStop = (): void => {
      this.#end.abort();
    };
    stop.addEventListener('abort', onStop);
    if (stop.aborted) onStop();
    try {
      await this.#files();
      await this.#listen();
    } finally {
      stop.removeEventListener('abort', onStop);
    }
  }

  async #files(): Promise<void> {
    for (const path of this.#plan.targets.filter((target) => !isAddress(target))) {
      const { target, text } = await readInput(path, this.#plan.scrape.maxBytes);
      lookAtText({ target, text, contentType: undefined }, this.#readers);
    }
  }

  async #listen(): Promise<void> {
    const { listenHttp, listenGrpc } = this.#plan;
    const taker = takerOf(this.#check);
    const receivers: Receiver[] = [];
    try {
      const http = listenHttp && (await receiveHttp(listenHttp, taker));
      if (http !== undefined) receivers.push(http);
      const grpc = listenGrpc && (await receiveGrpc(listenGrpc, taker));
      if (grpc !== undefined) receivers.push(grpc);
      const open = { http: http?.address, grpc: grpc?.address };
      if (receivers.length > 0)
        this.#events.listening([
          ...(http === undefined ? [] : [`http://${http.address}`]),
          ...(grpc === undefined ? [] : [`grpc://${grpc.address}`]),
        ]);
      await this.#look(exporterVariables(open), receivers.length > 0);
    } finally {
      await Promise.all(receivers.map((each) => each.close()));
    }
    if (receivers.length > 0 && !taker.hasAny)
      noteEmpty(
        this.#check,
        `the listener on ${receivers.map(({ address }) => address).join(' and ')}`,
        'nothing came: does the program export OTLP there (OTEL_EXPORTER_OTLP_ENDPOINT), and flush before it ends?',
      );
  }

  async #look(env: Readonly<Record<string, string>>, isListening: boolean): Promise<void> {
    const { command, duration, targets } = this.#plan;
    const child = command.length === 0 ? undefined : await startChild(command, env);
    const timer =
      duration === undefined
        ? undefined
        : setTimeout(() => {
            this.#end.abort();
          }, duration);
    try {
      const pages = targets.filter(isAddress).map((address) => this.#page(address, child !== undefined));
      const ends = child === undefined ? (isListening ? [this.#ended()] : []) : [this.#untilEnd(child)];
      await Promise.all([...pages, ...ends]);
    } finally {
      clearTimeout(timer);
      this.#end.abort();
      await child?.stop();
    }
  }

  async #ended(): Promise<void> {
    const { signal } = this.#end;
    if (signal.aborted) return;
    await new Promise<void>((settle) => {
      signal.addEventListener('abort', () => {
        settle();
      });
    });
  }

  async #untilEnd(child: Child): Promise<void> {
    const result = await Promise.race([child.ended, this.#ended()]);
    this.#end.abort();
    if (result !== undefined) this.#noteFailure(result);
  }

  #noteFailure({ code, signal }: Ended): void {
    if (code === 0) return;
    const { command } = this.#plan;
    const how = signal === null ? `with exit code ${code ?? 0}` : `by ${signal}`;
    this.#check.note('OBS6006', 'command', () => ({
      message: `the command ended ${how}: ${command.join(' ').slice(0, 200)}`,
      range: undefined,
      help: 'what it wrote stands above; what it sent until then was looked at',
    }));
  }

  /** Looks at one page as often as it is asked for, or until the command ends. */
  async #page(address: string, hasCommand: boolean): Promise<void> {
    const { samples, interval, wait } = this.#plan;
    const deadline = performance.now() + wait;
    const { signal } = this.#end;
    const isOver = (): boolean => signal.aborted;
    let [taken, last] = [0, undefined as TargetError | undefined];
    while (!isOver() && (hasCommand || taken < samples)) {
      this.#events.step(`asking ${address.replace(/\/\/[^/@]*@/, '//')}`);
      try {
        const page = await scrape(address, { ...this.#plan.scrape, signal });
        lookAtText(page, this.#readers);
        taken += 1;
      } catch (error) {
        if (isOver()) break;
        if (!(error instanceof TargetError) || !error.isTemporary) throw error;
        // A service that is run by the command is not up at once, and it may go before its last page is asked for.
        if (!hasCommand && (taken > 0 || performance.now() + retry > deadline)) throw error;
        last = error;
      }
      if (hasCommand || taken < samples)
        await pause(last !== undefined && taken === 0 ? retry : interval, signal);
    }
    if (taken === 0)
      noteEmpty(
        this.#check,
        address.replace(/\/\/[^/@]*@/, '//'),
        last === undefined ? undefined : `it never answered: ${last.message}`,
      );
  }
}
