import { Counter, register } from 'prom-client';
import { metrics } from './generated/metrics.js';

new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const jobs = metrics.jobsTotal;
(register.getSingleMetric('starts_total') as Counter).inc();
