import { Counter, Gauge, Registry, register } from 'prom-client';

const registry = new Registry();
const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.', registers: [registry] });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.', registers: [] });
const jobs = new Counter({
  name: 'jobs_total',
  help: 'Jobs that ended.',
  labelNames: ['outcome'],
  registers: [registry, register],
});
const lookups = new Counter({
  name: 'lookups_total',
  help: 'Lookups.',
  labelNames: ['cached'],
  registers: [register],
});
starts.inc();
open.set(1);
jobs.inc({ outcome: 'ok' });
lookups.labels('true').inc();
