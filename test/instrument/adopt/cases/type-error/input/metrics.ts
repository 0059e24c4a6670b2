import { Counter, Gauge, type Metric } from 'prom-client';

export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const group = { open: new Gauge({ name: 'open_connections', help: 'Connections that are open.' }) };
export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
export const wide: { lookups: Metric } = {
  lookups: new Counter({ name: 'lookups_total', help: 'Lookups.', labelNames: ['cached'] }),
};
