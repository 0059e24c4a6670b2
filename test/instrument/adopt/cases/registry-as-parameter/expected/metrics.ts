import { Counter, Registry, register } from 'prom-client';
import { metrics } from './generated/metrics.js';

export class Metrics {
  readonly starts;

  constructor(private readonly registry: Registry = register) {
    this.starts = metrics.startsTotal;
  }
}

export const gauges = (registry: Registry) => ({
  open: metrics.openConnections,
});

export function counters(registry: Registry) {
  const jobs = new Counter({
    name: 'jobs_total',
    help: 'Jobs that ended.',
    labelNames: ['outcome'],
    registers: [registry],
  });
  return { jobs };
}
