import { Counter } from 'prom-client';

export default new Counter({ name: 'starts_total', help: 'Starts of the service.' });
export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
