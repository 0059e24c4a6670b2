import { Counter, Gauge } from 'prom-client';

export const metrics = {
  starts: new Counter({ name: 'starts_total', help: 'Starts of the service.' }),
  open: new Gauge({ name: 'open_connections', help: 'Connections that are open.' }),
};

export function serve(context) {
  context.metrics.starts.inc({}, 1);
  context.metrics.open.set(3);
}
