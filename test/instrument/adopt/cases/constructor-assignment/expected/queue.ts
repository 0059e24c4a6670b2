import { metrics } from './generated/metrics.js';

export class Queue {
  private readonly depth: typeof metrics.queueDepth;
  protected duration: typeof metrics.parseDurationSeconds | undefined;

  constructor() {
    this.depth = metrics.queueDepth;
    this.duration = metrics.parseDurationSeconds;
  }

  take(queue: string): void {
    this.depth.dec({ queue }, 1);
    this.duration?.observe(0.2);
  }
}

export class LoudQueue extends Queue {
  parse(): void {
    const end = this.duration!.startTimer();
    end();
  }
}
