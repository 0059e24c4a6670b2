import { Counter, Gauge, Registry, register } from 'prom-client';

export class Metrics {
  readonly starts;

  constructor(private readonly registry: Registry = register) {
    this.starts = new Counter({ name: 'starts_total', help: 'Starts of the service.', registers: [this.registry] });
  }
}

export const gauges = (registry: Registry) => ({
  open: new Gauge({ name: 'open_connections', help: 'Connections that are open.', registers: [registry] }),
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
