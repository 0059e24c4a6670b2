import { Counter } from 'prom-client';

/** @type {Map<string, Counter>} */
export const others = new Map();
const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
starts.inc({}, 1);
