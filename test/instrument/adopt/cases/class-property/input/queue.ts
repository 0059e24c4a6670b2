import { Counter, Gauge } from 'prom-client';

export class Queue {
  static readonly starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });

  private readonly depth: Gauge<'queue'> = new Gauge({
    name: 'queue_depth',
    help: 'Jobs that wait.',
    labelNames: ['queue'],
  });
  #connections = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });

  add(queue: string): void {
    this.depth.labels(queue).inc();
    this.#connections.inc({}, 1);
    Queue.starts.inc();
  }
}
