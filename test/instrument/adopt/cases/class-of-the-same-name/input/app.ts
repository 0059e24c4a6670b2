import { Counter as Own } from './counter.js';
import { Counter } from './counter.js';

export const starts = new Counter({ name: 'starts_total' });
export const jobs = new Own({ name: 'jobs_total' });
