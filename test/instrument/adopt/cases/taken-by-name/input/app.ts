import { Counter, register } from 'prom-client';

new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
(register.getSingleMetric('starts_total') as Counter).inc();
