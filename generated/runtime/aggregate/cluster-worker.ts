// Part of the runtime of obs-gen, copied so that a service does not depend on obs-gen. Edits are lost: set
// target.typescript.runtime to package in the spec to import it instead.

import type { Family } from '../metrics/family.js';
import { isRequest, snapshotMessage } from './cluster-messages.js';
import type { RequestMessage } from './cluster-messages.js';
import { primaryVariable } from './node-cluster.js';
import type { NodeCluster, WorkerProcess } from './node-cluster.js';
import { SnapshotWriter } from './snapshot.js';
import { everySeconds } from '../timers.js';
import { messagesHandled } from './timing.js';

const drainingIntervalSeconds = 1;

/** Where a worker gets its metrics from. */
export interface WorkerMetrics {
  /** Those of this process and its threads. */
  collect(): Promise<readonly Family[]>;
  /** The same at once, with what is known of the threads. */
  collectNow(): readonly Family[];
}

/**
 * The side of a worker of a cluster: answers its primary. It speaks first where it knows that the primary listens, so that a process
 * manager whose worker this is hears nothing.
 */
export class ClusterMember {
  private readonly process: WorkerProcess;
  private readonly cluster: NodeCluster;
  private readonly metrics: WorkerMetrics;
  private readonly writer = new SnapshotWriter();
  /** Whether the primary listens. */
  private isHeard: boolean;
  private carriesBytes = false;
  private isAnswering = false;
  private isDraining = false;

  constructor(process: WorkerProcess, cluster: NodeCluster, metrics: WorkerMetrics) {
    this.process = process;
    this.cluster = cluster;
    this.metrics = metrics;
    this.isHeard = process.env[primaryVariable] === String(process.ppid);
  }

  start(): void {
    this.process.on('message', (message) => {
      if (isRequest(message)) void this.answer(message);
    });
    this.process.on('exit', () => {
      this.sayNow();
    });
    // The only sign of a disconnection that is about to happen, while something can still be sent. It is internal to Node, so it is
    // only listened to: where it changes, what was counted since the last page is lost, as it is when a worker is killed.
    this.process.prependListener('internalMessage', (message) => {
      const { act } = message as { act?: unknown };
      if (act === 'disconnect' || this.cluster.worker?.exitedAfterDisconnect === true) this.drain();
    });
    // From then on it is asked for each page, and its counts are kept even if it ends before the first one.
    this.sayNow();
  }

  /** Sends what there is, without being asked: the end may be near. Never throws. */
  sayNow(): void {
    if (!this.isHeard || this.process.connected !== true) return;
    try {
      this.send(this.metrics.collectNow());
    } catch {
      // The primary has the last answer.
    }
  }

  /** Until the last connection is closed, requests still come to their end. */
  private drain(): void {
    if (this.isDraining) return;
    this.isDraining = true;
    this.sayNow();
    everySeconds(drainingIntervalSeconds, () => {
      this.sayNow();
    });
  }

  private async answer({ isFirst, probe }: RequestMessage): Promise<void> {
    if (isFirst) this.writer.forget();
    this.isHeard = true;
    this.carriesBytes = probe instanceof Uint8Array;
    // Requests that have piled up while this process was blocked get one answer.
    if (this.isAnswering) return;
    this.isAnswering = true;
    await messagesHandled();
    try {
      this.send(await this.metrics.collect());
    } catch {
      // The primary shows the last answer, and notes that this one is late.
    } finally {
      this.isAnswering = false;
    }
  }

  private send(families: readonly Family[]): void {
    const message = snapshotMessage(this.writer.write(families), this.carriesBytes);
    this.process.send?.(message, undefined, undefined, ignore);
  }
}

function ignore(): void {
  // The channel is closed: the primary keeps what it has.
}
