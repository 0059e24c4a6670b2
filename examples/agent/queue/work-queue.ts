import { agents, correlation } from '../../../generated/index.js';

interface Job<T> {
  readonly content: T;
}

interface Entry<T> {
  /** The job, and with it trace and correlation id of the request that brought it: it could as well lie in another process's queue. */
  readonly job: Job<T>;
  readonly measured: ReturnType<ReturnType<typeof agents.queue>['enqueue']>;
}

export interface QueueOptions<T> {
  readonly name: string;
  readonly capacity: number;
  readonly workers: number;
  /** A job that rejects has failed, or was cancelled where it rejects with an AbortError. */
  readonly work: (content: T) => Promise<void>;
}

/** A queue with a bound, worked off by a fixed number of workers. What does not fit is refused, never kept. */
export class WorkQueue<T> {
  readonly #options: QueueOptions<T>;
  readonly #queue: ReturnType<typeof agents.queue>;
  readonly #waiting: Entry<T>[] = [];
  #busy = 0;
  #accepts = true;
  #whenIdle: (() => void)[] = [];

  constructor(options: QueueOptions<T>) {
    this.#options = options;
    this.#queue = agents.queue(options.name, { capacity: options.capacity });
    this.#queue.workers(options.workers);
  }

  /** Takes a job in; returns why where it does not. */
  push(content: T): 'accepted' | 'full' | 'shutting_down' {
    const isFull = this.#waiting.length >= this.#options.capacity;
    const refusal = !this.#accepts ? 'shutting_down' : isFull ? 'full' : undefined;
    if (refusal !== undefined) {
      this.#queue.refused(refusal);
      return refusal;
    }
    this.#waiting.push({ job: correlation.injectJob({ content }), measured: this.#queue.enqueue() });
    this.#wake();
    return 'accepted';
  }

  /** Refuses new jobs, and resolves when the last one has left. */
  async drain(): Promise<void> {
    this.#accepts = false;
    if (this.#busy === 0 && this.#waiting.length === 0) return;
    await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #wake(): void {
    if (this.#busy >= this.#options.workers) return;
    const entry = this.#waiting.shift();
    if (entry === undefined) {
      if (this.#busy === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
      return;
    }
    this.#busy += 1;
    void this.#work(entry).finally(() => {
      this.#busy -= 1;
      this.#wake();
    });
  }

  async #work({ job, measured }: Entry<T>): Promise<void> {
    const { name, work } = this.#options;
    // A task is worked on once, for one request: it belongs to that request's trace.
    await correlation
      .runJob(job, ({ content }) => measured.process(() => work(content)), {
        mode: 'parent',
        span: `process ${name}`,
      })
      .catch(() => undefined);
  }
}
