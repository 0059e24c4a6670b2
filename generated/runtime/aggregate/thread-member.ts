// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { onRelocation, shareMemory } from '../metrics/memory.js';
import { Announcer } from './announcer.js';
import type { CellMemory, FamilyNews } from './news.js';
import type { NodeThreads, ThreadedProcess } from './node-threads.js';
import { hearMain, tellMain } from './thread-messages.js';
import type { ThreadMessage } from './thread-messages.js';
import { everySeconds } from '../timers.js';

const intervalSeconds = 1;

/** Where a thread gets its metrics from. */
export interface ThreadMetrics {
  /** Those of this thread, as they are. */
  families(): readonly Family[];
  /** The same, brought up to date. */
  refreshed(): readonly Family[];
}

/**
 * The side of a thread that is not the main thread: puts its numbers where the main thread reads them itself, and tells it what the
 * rows mean. The main thread need not ask for that, so that a thread that computes for minutes is on the page all the same.
 */
export class ThreadMember {
  private readonly threads: NodeThreads;
  private readonly metrics: ThreadMetrics;
  private readonly announcer = new Announcer();
  private isFirst = true;

  constructor(threads: NodeThreads, metrics: ThreadMetrics) {
    this.threads = threads;
    this.metrics = metrics;
  }

  start(process: ThreadedProcess): void {
    shareMemory();
    onRelocation((moved) => {
      const family = moved as object as Family;
      this.tellMemory(family);
      for (const each of this.metrics.families()) if (each.rowsOf === family) this.tellMemory(each);
    });
    hearMain(this.threads, ({ question, threads }) => {
      if (threads?.includes(this.threads.threadId) === false) return;
      if (threads === undefined) this.forget();
      this.tell(this.metrics.refreshed(), { answers: question });
    });
    // Gauges are read and idle rows freed here, since the main thread cannot do it.
    everySeconds(intervalSeconds, () => {
      this.tell(this.metrics.refreshed());
    });
    process.on('exit', () => {
      this.tell(this.metrics.families(), { ended: [this.threads.threadId] });
    });
    // Threads of this thread speak to the main thread themselves, but only their maker learns of their end.
    process.on('worker', (thread) => {
      const { threadId } = thread;
      thread.once('exit', () => {
        this.send({ news: [], ended: [threadId] });
      });
    });
    this.tell(this.metrics.refreshed());
  }

  /** Says what is new, without being asked. Never throws. */
  sayNow(): void {
    this.tell(this.metrics.refreshed());
  }

  private forget(): void {
    this.announcer.forget();
    this.isFirst = true;
  }

  private tell(families: readonly Family[], about: Pick<ThreadMessage, 'answers' | 'ended'> = {}): void {
    const news = this.announcer.news(families).map((each): FamilyNews => {
      const family = this.announcer.announced()[each.family]?.family;
      return each.shape === undefined || family === undefined ? each : { ...each, memory: memoryOf(family) };
    });
    if (news.length === 0 && about.answers === undefined && about.ended === undefined) return;
    this.send({ news, ...about });
  }

  private tellMemory(family: Family): void {
    const index = this.announcer.numberOf(family);
    if (index !== undefined) this.send({ news: [{ family: index, memory: memoryOf(family) }] });
  }

  private send(message: Omit<ThreadMessage, 'thread' | 'isFirst'>): void {
    try {
      tellMain(this.threads, { thread: this.threads.threadId, isFirst: this.isFirst, ...message });
      this.isFirst = false;
    } catch {
      // The thread is being ended: its numbers are where they are.
    }
  }
}

/** The whole of a family's memory: rows that were never used are not live. */
function memoryOf({ state, cells }: Family): CellMemory {
  return { rowCount: state.length, state, cells };
}
