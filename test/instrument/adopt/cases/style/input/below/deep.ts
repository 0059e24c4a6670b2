import { Counter, register } from 'prom-client';

import { wait } from '../wait.js';

export const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
await wait();
jobs.labels('ok').inc();
export const page = register;
