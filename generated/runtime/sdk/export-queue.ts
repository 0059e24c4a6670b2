// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import { context, createContextKey, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { countLost } from '../account.js';
import type { LossReason, Signal } from '../account.js';
import { builtinModule } from '../host.js';
import { afterSeconds, soon } from '../timers.js';
import { Flight } from './flight.js';
import type { QueueLimits } from './queue-limits.js';

/** Sends a batch; the shape that all exporters of the OpenTelemetry SDK have, in every line of it. */
export interface Exporter<T> {
  export(items: T[], done: (result: { readonly code: number; readonly error?: Error }) => void): void;
  shutdown(): Promise<void>;
}

/** What a queue is for. */
export interface QueueDefinition<T> {
  readonly signal: Extract<Signal, 'spans' | 'logs'>;
  readonly exporter: Exporter<T>;
  readonly limits: QueueLimits;
  /** Makes what is exported of a batch, such as one without secrets. Runs when the batch is sent, not when it is queued. */
  readonly prepare?: (items: readonly T[]) => T[];
  /** What has to settle before a batch can be sent, such as resources that are still being detected. */
  readonly ready?: (items: readonly T[]) => Promise<unknown> | undefined;
}

interface Waiter {
  /** How many items have to be settled. */
  readonly target: number;
  readonly resolve: () => void;
}

interface Outside {
  runInAsyncScope(work: () => void): void;
}

/** Exports without an answer, given-up ones included: with more, an exporter that never answers would collect batches. */
const maxUnanswered = 4;

/** The SDK's own key by its description, so that instrumentations make no spans of what the exporter does. */
const suppressed = ROOT_CONTEXT.setValue(
  createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING'),
  true,
);

/** Where finished items go: each is in the end either exported or counted as lost. */
export interface Outlet<T> {
  readonly signal: Extract<Signal, 'spans' | 'logs'>;
  /** Items whose export was confirmed. */
  readonly exported: number;
  /** Items that were counted as lost. */
  readonly lost: number;
  /** How many wait or are on their way. */
  readonly pending: number;
  /** Takes an item, or counts it as lost. */
  add(item: T): void;
  /** Sends what is there, and resolves when each item of it has arrived or is counted as lost. */
  flush(): Promise<void>;
  /** Takes nothing more, sends what is there and lets the exporter go. May take long: `abandon` ends it. */
  close(): Promise<void>;
  /** Gives up all that has not arrived, and counts it: the deadline has passed. */
  abandon(): void;
}

/**
 * A bounded queue before an exporter. Adding to it never waits and never throws. In the end every item is either exported or counted as
 * lost, once: at the door where the queue is full, by the batch where an export fails or takes too long, and at the deadline of the end.
 */
export class ExportQueue<T> implements Outlet<T> {
  exported = 0;
  lost = 0;
  private readonly definition: QueueDefinition<T>;
  /** Exports run outside of the request whose end filled a batch: neither its context nor its storages travel with them. */
  private readonly outside: Outside | undefined;
  private queued: T[] = [];
  private admitted = 0;
  private settled = 0;
  /** Exports that have neither an answer nor been given up. */
  private active = 0;
  private unanswered = 0;
  private endTimer: (() => void) | undefined;
  private isPlanned = false;
  private isClosed = false;
  private isAbandoned = false;
  private waiters: Waiter[] = [];
  private closing: Promise<void> | undefined;

  constructor(definition: QueueDefinition<T>) {
    this.definition = definition;
    const { AsyncResource } = (builtinModule('node:async_hooks') ?? {}) as {
      readonly AsyncResource?: new (type: string) => Outside;
    };
    this.outside = AsyncResource === undefined ? undefined : new AsyncResource('obs-gen export');
  }

  get signal(): Outlet<T>['signal'] {
    return this.definition.signal;
  }

  get pending(): number {
    return this.admitted - this.settled;
  }

  add(item: T): void {
    const { limits } = this.definition;
    if (this.isClosed) {
      this.lose('deadline', 1);
      return;
    }
    if (this.queued.length >= limits.maxQueue) {
      this.lose('queue_full', 1);
      return;
    }
    this.queued.push(item);
    this.admitted += 1;
    if (this.queued.length >= limits.maxBatch) this.plan();
    else this.wait();
  }

  flush(): Promise<void> {
    if (this.pending === 0) return Promise.resolve();
    const target = this.admitted;
    return new Promise((resolve) => {
      this.waiters.push({ target, resolve });
      this.send();
    });
  }

  close(): Promise<void> {
    this.isClosed = true;
    return (this.closing ??= this.flush().then(() =>
      this.isAbandoned ? undefined : this.definition.exporter.shutdown(),
    ));
  }

  abandon(): void {
    if (this.isAbandoned) return;
    this.isClosed = true;
    this.isAbandoned = true;
    this.endTimer?.();
    this.queued = [];
    this.lose('deadline', this.pending);
    this.settle(this.pending);
    this.definition.exporter.shutdown().catch((error: unknown) => {
      diag.debug(`${this.definition.signal}: the exporter could not be ended`, error);
    });
  }

  /** Waits for more to send together. */
  private wait(): void {
    if (this.isPlanned || this.active > 0) return;
    this.endTimer ??= afterSeconds(this.definition.limits.delaySeconds, () => {
      this.send();
    });
  }

  /** Sends in a turn of its own, so that the request which has filled the batch does not pay for it. */
  private plan(): void {
    if (this.isPlanned || this.active > 0 || this.unanswered >= maxUnanswered) return;
    this.isPlanned = true;
    soon(() => {
      this.isPlanned = false;
      this.send();
    });
  }

  /** One batch at a time, and several where somebody waits for the end. */
  private send(): void {
    this.endTimer?.();
    this.endTimer = undefined;
    const parallel = this.waiters.length > 0 ? maxUnanswered : 1;
    while (this.queued.length > 0 && this.active < parallel && this.unanswered < maxUnanswered)
      this.sendBatch();
  }

  private sendBatch(): void {
    const { signal, limits } = this.definition;
    const items = this.queued.splice(0, limits.maxBatch);
    this.active += 1;
    this.unanswered += 1;
    const flight = new Flight((isExported) => {
      this.active -= 1;
      if (this.isAbandoned) return;
      if (isExported) this.exported += items.length;
      else this.lose('export_failed', items.length);
      this.settle(items.length);
    });
    const endTimeout = afterSeconds(limits.timeoutSeconds, () => {
      diag.warn(`${signal}: an export was given up after ${limits.timeoutSeconds} s`);
      flight.land(false);
      this.next();
    });
    this.hand(items, (isExported, error) => {
      if (!flight.answer()) return;
      endTimeout();
      this.unanswered -= 1;
      if (!isExported) diag.debug(`${signal}: an export failed`, error);
      flight.land(isExported);
      this.next();
    });
  }

  private hand(items: readonly T[], answered: (isExported: boolean, error?: unknown) => void): void {
    const { exporter, prepare, ready } = this.definition;
    const failed = (error: unknown): void => {
      answered(false, error);
    };
    const start = (): void => {
      exporter.export(prepare?.(items) ?? [...items], ({ code, error }) => {
        answered(code === 0, error);
      });
    };
    const run = (): void => {
      try {
        const waiting = ready?.(items);
        if (waiting === undefined) start();
        else waiting.then(start, start).catch(failed);
      } catch (error) {
        failed(error);
      }
    };
    const leave = (): void => {
      context.with(suppressed, run);
    };
    if (this.outside === undefined) leave();
    else this.outside.runInAsyncScope(leave);
  }

  /** After an export has ended: what has gathered meanwhile. */
  private next(): void {
    if (this.isAbandoned || this.queued.length === 0) return;
    if (this.waiters.length > 0) this.send();
    else if (this.queued.length >= this.definition.limits.maxBatch) this.plan();
    else this.wait();
  }

  private settle(count: number): void {
    this.settled += count;
    if (this.waiters.length === 0) return;
    const done = this.waiters.filter(({ target }) => target <= this.settled);
    this.waiters = this.waiters.filter(({ target }) => target > this.settled);
    for (const { resolve } of done) resolve();
  }

  private lose(reason: LossReason, count: number): void {
    if (count === 0) return;
    this.lost += count;
    countLost(this.definition.signal, reason, count);
  }
}
