import { Counter, Gauge, Histogram, register } from 'prom-client';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
const lookups = new Counter({ name: 'lookups_total', help: 'Lookups.', labelNames: ['cached'] });
const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
const parsing = new Histogram({ name: 'parse_duration_seconds', help: 'Parsing.', buckets: [0.01, 0.1, 1] });

export const all = [open];
export const current = (): Counter<'outcome'> => jobs;
export const rows = (): unknown => lookups.labels('true');
const count = starts.inc.bind(starts);
count(1);
register.registerMetric(depth);
export const either = (isParsing: boolean): unknown => (isParsing ? parsing : undefined);
