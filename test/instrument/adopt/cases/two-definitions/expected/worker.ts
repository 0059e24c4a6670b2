import { metrics } from './generated/metrics.js';

export const begun = metrics.startsTotal;
begun.inc(1);
