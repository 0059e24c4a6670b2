// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { monotonicSeconds, unixSeconds } from '../host.js';
import type { AgentMetrics } from './metrics.js';
import { runFailure } from './outcomes.js';
import { timedWork } from './timed-work.js';

/** What became of a task. */
export type TaskOutcome = 'done' | 'failed' | 'cancelled' | 'expired';

/** A task in a queue. Each of its endings counts once. */
export interface QueueTask {
  /** A worker takes it and does the work. */
  process<R>(work: () => R): R;
  /** It leaves the queue without a worker having taken it. */
  leave(outcome: 'cancelled' | 'expired'): void;
  /** It is put back to be tried again. */
  retry(): void;
  /** Seconds since it was taken in. */
  readonly age: number;
}

/** A work queue. */
export interface Queue {
  /** Takes a task in. */
  enqueue(): QueueTask;
  /**
   * A task that another process has put into the queue: it counts from here on, and does not count as waiting.
   * @param enqueuedAt seconds since 1970, by the clock of the process that took it in
   */
  received(enqueuedAt: number): QueueTask;
  /** A task was not taken in. */
  refused(reason: 'full' | 'shutting_down' | 'invalid' | 'duplicate'): void;
  /** How many workers there are, busy or not. */
  workers(count: number): void;
}

/** The helpers of a queue; see `Agents.queue`. */
export function queueOf(
  metrics: AgentMetrics,
  queue: string,
  options: { readonly capacity?: number | undefined },
): Queue {
  /** When the waiting tasks were taken in; the first is the oldest. As long as the program's own queue. */
  const waiting = new Set<{ since: number }>();
  const workers = { all: undefined as number | undefined, busy: 0 };
  if (options.capacity !== undefined) metrics.agentQueueCapacity?.set({ queue }, options.capacity);
  metrics.agentQueueOldestAgeSeconds?.observe({ queue }, () => {
    const [oldest] = waiting;
    return oldest === undefined ? 0 : monotonicSeconds() - oldest.since;
  });

  const noteWorkers = (change: 1 | -1 | 0): void => {
    workers.busy += change;
    metrics.agentQueueWorkers?.set({ queue, state: 'busy' }, workers.busy);
    if (workers.all !== undefined)
      metrics.agentQueueWorkers?.set({ queue, state: 'idle' }, Math.max(0, workers.all - workers.busy));
  };

  function task(since: number, isLocal: boolean): QueueTask {
    /** It waits anew where it is put back. */
    const place = { since };
    let state: 'waiting' | 'taken' | 'gone' = 'waiting';
    const enter = (): void => {
      state = 'waiting';
      if (!isLocal) return;
      waiting.add(place);
      metrics.agentQueueDepth?.inc({ queue });
    };
    const exit = (): void => {
      if (waiting.delete(place)) metrics.agentQueueDepth?.dec({ queue });
    };
    const end = (outcome: TaskOutcome): void => {
      state = 'gone';
      metrics.agentQueueTasksTotal?.inc({ queue, outcome });
    };
    enter();
    return {
      get age() {
        return monotonicSeconds() - since;
      },
      process(work) {
        if (state !== 'waiting') return work();
        state = 'taken';
        exit();
        metrics.agentQueueWaitSeconds?.observe({ queue }, Math.max(0, monotonicSeconds() - place.since));
        noteWorkers(1);
        return timedWork(work, (ending, seconds) => {
          noteWorkers(-1);
          metrics.agentQueueProcessingSeconds?.observe({ queue }, seconds);
          // A task that was put back has not left.
          if (state !== 'taken') return;
          if ('value' in ending) end('done');
          else end(runFailure(ending.error) === 'cancelled' ? 'cancelled' : 'failed');
        });
      },
      leave(outcome) {
        if (state !== 'waiting') return;
        exit();
        end(outcome);
      },
      retry() {
        if (state === 'waiting') return;
        metrics.agentQueueRetriesTotal?.inc({ queue });
        place.since = monotonicSeconds();
        enter();
      },
    };
  }

  return {
    enqueue: () => task(monotonicSeconds(), true),
    received: (enqueuedAt) => task(monotonicSeconds() - Math.max(0, unixSeconds() - enqueuedAt), false),
    refused(reason) {
      metrics.agentQueueRefusedTotal?.inc({ queue, reason });
    },
    workers(count) {
      workers.all = count;
      noteWorkers(0);
    },
  };
}
