import { Counter, LevelGauge, prom } from './client.js';

export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const open = new LevelGauge({ name: 'open_connections', help: 'Connections that are open.' });
export const jobs = new prom.Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
starts.inc({}, 1);
