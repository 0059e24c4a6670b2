import { Counter } from 'prom-client';

export const begun = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
begun.inc({}, 1);
