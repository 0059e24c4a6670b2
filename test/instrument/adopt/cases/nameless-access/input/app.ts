import { Counter, Gauge } from 'prom-client';

export const counters = {
  starts: new Counter({ name: 'starts_total', help: 'Starts of the service.' }),
};
export const gauges = {
  open: new Gauge({ name: 'open_connections', help: 'Connections that are open.' }),
};
export const lone = { jobs: new Counter({ name: 'jobs_total', help: 'Jobs.', labelNames: ['outcome'] }) };

export const count = (name: keyof typeof counters): void => counters[name].inc();
for (const gauge of Object.values(gauges)) gauge.set(1);
lone['jobs'].labels('ok').inc();
