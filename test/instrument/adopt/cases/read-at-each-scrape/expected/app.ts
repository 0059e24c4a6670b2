import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from './generated/metrics.js';

const waiting = new Set<string>();
export const open = metrics.openConnections;
open.observe(() => waiting.size);
export const depth = new Gauge({
  name: 'queue_depth',
  help: 'Jobs that wait.',
  labelNames: ['queue'],
  collect() {
    this.set({ queue: 'mail' }, waiting.size);
  },
});
open.inc();
