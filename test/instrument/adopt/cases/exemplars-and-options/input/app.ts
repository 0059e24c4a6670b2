import { Counter, Gauge, Histogram } from 'prom-client';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.', enableExemplars: true });
starts.inc({ value: 1, exemplarLabels: { traceId: 'a' } });
export const open = new Gauge({
  name: 'open_connections',
  help: 'Connections that are open.',
  async collect() {
    this.set(await Promise.resolve(3));
  },
});
const parsing = new Histogram({
  name: 'parse_duration_seconds',
  help: 'How long parsing took.',
  buckets: [0.01, 0.1, 1],
  ageBuckets: 5,
} as never);
parsing.observe(1);
