import { Registry, register } from 'prom-client';
import { counters, gauges, Metrics } from './metrics.js';

const metrics = new Metrics();
metrics.starts.inc(1);
gauges(register).open.set(2);
counters(register).jobs.labels('ok').inc();
export const other = counters(new Registry());
