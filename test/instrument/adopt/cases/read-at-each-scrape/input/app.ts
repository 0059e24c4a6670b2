import { Counter, Gauge, Histogram } from 'prom-client';

const waiting = new Set<string>();
export const open = new Gauge({
  name: 'open_connections',
  help: 'Connections that are open.',
  collect() {
    this.set(waiting.size);
  },
});
export const depth = new Gauge({
  name: 'queue_depth',
  help: 'Jobs that wait.',
  labelNames: ['queue'],
  collect() {
    this.set({ queue: 'mail' }, waiting.size);
  },
});
open.inc();
