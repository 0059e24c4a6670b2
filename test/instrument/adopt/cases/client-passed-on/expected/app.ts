import { metrics } from './generated/metrics.js';

export const starts = metrics.startsTotal;
export const open = metrics.openConnections;
export const jobs = metrics.jobsTotal;
starts.inc(1);
