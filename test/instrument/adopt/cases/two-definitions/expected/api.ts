import { metrics } from './generated/metrics.js';

export const starts = metrics.startsTotal;
starts.inc(1);
