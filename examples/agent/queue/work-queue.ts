import { AsyncLocalStorage } from 'node:async_hooks';
import { metrics } from '../../../generated/index.js';

/** What became of a job; the values of the label `outcome` of agent_queue_tasks_total that this queue uses. */
export type JobOutcome = 'done' | 'failed' | 'cancelled';

interface Entry<Job> {
  readonly job: Job;
  /** From performance.now(). */
  readonly since: number;
  /** Runs a function in the context of the request that brought the job, so that its spans belong to that request's trace. */
  readonly inContext: <R>(work: () => R) => R;
}

export interface QueueOptions<Job> {
  readonly name: string;
  readonly capacity: number;
  readonly workers: number;
  readonly work: (job: Job) => Promise<JobOutcome>;
}

/** A queue with a bound, worked off by a fixed number of workers. What does not fit is refused, never kept. */
export class WorkQueue<Job> {
  readonly #options: QueueOptions<Job>;
  readonly #waiting: Entry<Job>[] = [];
  #busy = 0;
  #accepts = true;
  #whenIdle: (() => void)[] = [];

  constructor(options: QueueOptions<Job>) {
    this.#options = options;
    const queue = options.name;
    metrics.agentQueueCapacity.set({ queue }, options.capacity);
    // Read at each scrape: a gauge that is only set on changes shows the state of the last change.
    metrics.agentQueueDepth.observe({ queue }, () => this.#waiting.length);
    metrics.agentQueueOldestAgeSeconds.observe({ queue }, () => this.#oldestAge());
    metrics.agentQueueWorkers.observe({ queue, state: 'busy' }, () => this.#busy);
    metrics.agentQueueWorkers.observe({ queue, state: 'idle' }, () => options.workers - this.#busy);
  }

  /** Takes a job in; returns why where it does not. */
  push(job: Job): 'accepted' | 'full' | 'shutting_down' {
    const refusal = !this.#accepts
      ? 'shutting_down'
      : this.#waiting.length >= this.#options.capacity
        ? 'full'
        : undefined;
    if (refusal !== undefined) {
      metrics.agentQueueRefusedTotal.inc({ queue: this.#options.name, reason: refusal });
      return refusal;
    }
    this.#waiting.push({ job, since: performance.now(), inContext: AsyncLocalStorage.snapshot() });
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
    void entry
      .inContext(() => this.#work(entry))
      .finally(() => {
        this.#busy -= 1;
        this.#wake();
      });
  }

  async #work(entry: Entry<Job>): Promise<void> {
    const queue = this.#options.name;
    const started = performance.now();
    metrics.agentQueueWaitSeconds.observe({ queue }, (started - entry.since) / 1000);
    const outcome = await this.#options.work(entry.job).catch((): JobOutcome => 'failed');
    metrics.agentQueueProcessingSeconds.observe({ queue }, (performance.now() - started) / 1000);
    metrics.agentQueueTasksTotal.inc({ queue, outcome });
  }

  #oldestAge(): number {
    const oldest = this.#waiting[0];
    return oldest === undefined ? 0 : (performance.now() - oldest.since) / 1000;
  }
}
