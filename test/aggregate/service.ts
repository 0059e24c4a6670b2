import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** An update: metric, method, arguments. */
export type Call = readonly [metric: string, method: string, ...rest: readonly unknown[]];

/** What a page would show. */
export interface Scraped {
  /** By name and labels: a number, or the cells of a histogram. */
  readonly series: Readonly<Record<string, number | readonly number[]>>;
  /** Rows that were marked as changed since the last one. */
  readonly dirty: number;
}

/** A program of test/aggregate/fixtures in a process of its own, which does what it is told. */
export class Service {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >();
  #questions = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  static async start(
    fixture: string,
    runtime: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Service> {
    const child = fork(join(import.meta.dirname, 'fixtures', fixture), {
      execArgv: ['--expose-gc'],
      env: { PATH: process.env['PATH'], RUNTIME: runtime, ...environment },
    });
    const service = new Service(child);
    const ready = new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => {
        reject(new Error(`the service ended with ${String(code)}`));
        for (const { reject: fail } of service.#waiting.values()) fail(new Error('the service ended'));
      });
      child.on('message', (message: { ready?: true; question?: number; value?: unknown; error?: string }) => {
        if (message.ready === true) resolve();
        const asked = service.#waiting.get(message.question ?? -1);
        if (message.error === undefined) asked?.resolve(message.value);
        else asked?.reject(new Error(message.error));
      });
    });
    await ready;
    return service;
  }

  /** Has the service do something. */
  ask<T = unknown>(command: string, about: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const question = (this.#questions += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(question, { resolve: resolve as (value: unknown) => void, reject });
      this.#child.send({ question, ask: command, ...about });
    });
  }

  /** Starts a worker or a thread; returns its id. */
  fork(env: Readonly<Record<string, string>> = {}): Promise<number> {
    return this.ask('fork', { env });
  }

  /** Has a worker or a thread update its metrics. */
  act(id: number, ...calls: Call[]): Promise<unknown> {
    return this.ask('tell', { id, command: { calls } });
  }

  /** The page as Prometheus gets it. */
  page(accept = ''): Promise<string> {
    return this.ask('page', { accept });
  }

  /** What the page is made of. */
  scrape(): Promise<Scraped> {
    return this.ask<Scraped>('scrape');
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'exit');
    this.#child.disconnect();
    await closed;
  }
}
