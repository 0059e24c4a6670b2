import { Counter } from 'prom-client';

export const counters = ['starts', 'stops'].map(
  (name) => new Counter({ name: `${name}_total`, help: 'Starts of the service.' }),
);
