import { Counter } from 'prom-client';

export const metrics = {
  starts: new Counter({ name: 'starts_total', help: 'Starts of the service.' }),
};
metrics.starts.inc();
