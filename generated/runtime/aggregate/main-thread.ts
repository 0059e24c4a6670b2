// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { diag } from '@opentelemetry/api';
import { Member } from './member.js';
import type { MemberSource, MemberState } from './member-source.js';
import type { Merge } from './merge.js';
import type { NodeThreads, ThreadedProcess } from './node-threads.js';
import { askThreads, hearThreads } from './thread-messages.js';
import type { ThreadMessage } from './thread-messages.js';
import { withinSeconds } from '../timers.js';
import { messagesHandled } from './timing.js';
import { Waiting } from './waiting.js';

interface ThreadState {
  readonly member: Member;
  readonly waiting: Waiting;
}

/**
 * The side of the main thread: reads the numbers of the others where they are. It asks only where a row has come up whose labels it
 * was not told yet.
 */
export class MainThread implements MemberSource {
  readonly kind = 'thread';
  ended = 0;
  lostRows = 0;
  private readonly threads: NodeThreads;
  private readonly merge: Merge;
  private readonly onMember: () => void;
  private readonly members = new Map<number, ThreadState>();
  private questions = 0;
  /** Whether there can be any threads. */
  private hasThreads = false;

  /** @param onMember called when a thread has named its metrics */
  constructor(threads: NodeThreads, merge: Merge, onMember: () => void) {
    this.threads = threads;
    this.merge = merge;
    this.onMember = onMember;
  }

  start(process: ThreadedProcess): void {
    hearThreads(this.threads, (message) => {
      this.note(message);
    });
    process.on('worker', (thread) => {
      this.hasThreads = true;
      const { threadId } = thread;
      thread.once('exit', () => {
        this.hasEnded(threadId);
      });
    });
    // Threads that have started before were heard by nobody.
    askThreads(this.threads, { question: this.questions, threads: undefined });
  }

  async ask(deadlineSeconds: number): Promise<void> {
    if (!this.hasThreads) return;
    await messagesHandled();
    const untold = [...this.members].filter(([, { member }]) => member.untoldRows() > 0);
    if (untold.length > 0) {
      this.questions += 1;
      const answers = Promise.all(untold.map(([, { waiting }]) => waiting.next()));
      askThreads(this.threads, { question: this.questions, threads: untold.map(([thread]) => thread) });
      await withinSeconds(deadlineSeconds, answers);
      for (const [, { waiting }] of untold) waiting.missed();
    }
  }

  states(): MemberState[] {
    return Array.from(this.members, ([id, { member, waiting }]) => ({
      ...{ kind: 'thread', id, families: member.familyCount },
      ...{ isLate: waiting.isLate, answeredAt: waiting.answeredAt },
    }));
  }

  private note({ thread, isFirst, news, answers, ended = [] }: ThreadMessage): void {
    const known = this.members.get(thread);
    // What else a thread says that was not heard from its start builds on something unknown.
    if (known === undefined && !isFirst) return;
    const found = known ?? { member: new Member(this.merge), waiting: new Waiting() };
    this.hasThreads = true;
    this.members.set(thread, found);
    try {
      if (isFirst) found.member.forget();
      found.member.note(news);
      if (answers !== undefined || isFirst) found.waiting.answered();
    } catch (error) {
      diag.warn(`the metrics of thread ${thread} could not be read`, error);
    }
    for (const id of ended) this.hasEnded(id);
    this.onMember();
  }

  private hasEnded(thread: number): void {
    const found = this.members.get(thread);
    found?.waiting.ends();
    // The last that it said may come after its end is known.
    void messagesHandled().then(() => {
      if (found === undefined || this.members.get(thread) !== found) return;
      this.members.delete(thread);
      this.lostRows += found.member.end();
      this.ended += 1;
    });
  }
}
