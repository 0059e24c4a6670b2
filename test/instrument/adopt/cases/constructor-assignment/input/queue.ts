import type { Histogram } from 'prom-client';
import client, { Gauge } from 'prom-client';

export class Queue {
  private readonly depth: Gauge<string>;
  protected duration: Histogram | undefined;

  constructor() {
    this.depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
    this.duration = new client.Histogram({
      name: 'parse_duration_seconds',
      help: 'How long parsing took.',
      buckets: [0.01, 0.1, 1],
    });
  }

  take(queue: string): void {
    this.depth.dec({ queue }, 1);
    this.duration?.observe({}, 0.2);
  }
}

export class LoudQueue extends Queue {
  parse(): void {
    const end = this.duration!.startTimer({});
    end();
  }
}
