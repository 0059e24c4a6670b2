import { Counter } from 'prom-client';
import { metrics } from './generated/metrics.js';

/** @type {Map<string, Counter>} */
export const others = new Map();
const starts = metrics.startsTotal;
starts.inc(1);
