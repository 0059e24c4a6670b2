import { metrics } from './generated/metrics.js';

export class Queue {
  static readonly starts = metrics.startsTotal;

  private readonly depth: typeof metrics.queueDepth = metrics.queueDepth;
  #connections = metrics.openConnections;

  add(queue: string): void {
    this.depth.inc({ queue });
    this.#connections.inc(1);
    Queue.starts.inc();
  }
}
