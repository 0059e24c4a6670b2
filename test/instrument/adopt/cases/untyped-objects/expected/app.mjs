import { Counter } from 'prom-client';
import { metrics as metrics1 } from './generated/metrics.js';

export const metrics = {
  starts: new Counter({ name: 'starts_total', help: 'Starts of the service.' }),
  open: metrics1.openConnections,
};

export function serve(context) {
  context.metrics.starts.inc({}, 1);
  context.metrics.open.set(3);
}
