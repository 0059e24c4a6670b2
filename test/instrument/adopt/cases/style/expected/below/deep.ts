import { register } from 'prom-client';

import { wait } from '../wait.js';
import { metrics } from '../generated/metrics.js';

export const jobs = metrics.jobsTotal;
await wait();
jobs.inc({ outcome: 'ok' });
export const page = register;
