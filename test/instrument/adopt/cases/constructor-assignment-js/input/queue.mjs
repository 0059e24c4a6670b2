import { Gauge, Counter } from 'prom-client';

export class Queue {
  constructor() {
    this.depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
    this.starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
  }

  add(/** @type {string} */ queue) {
    this.depth.labels(queue).inc();
    this.starts.inc({}, 2);
  }
}
