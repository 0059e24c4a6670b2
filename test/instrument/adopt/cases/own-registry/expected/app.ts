import { Counter, Gauge, Registry, register } from 'prom-client';
import { metrics } from './generated/metrics.js';

const registry = new Registry();
const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.', registers: [registry] });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.', registers: [] });
const jobs = new Counter({
  name: 'jobs_total',
  help: 'Jobs that ended.',
  labelNames: ['outcome'],
  registers: [registry, register],
});
const lookups = metrics.lookupsTotal;
starts.inc();
open.set(1);
jobs.inc({ outcome: 'ok' });
lookups.inc({ cached: 'true' });
