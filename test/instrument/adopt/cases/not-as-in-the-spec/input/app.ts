import { Counter, Gauge, Histogram, linearBuckets } from 'prom-client';

const bounds = (): number[] => [1, 2];
export const starts = new Gauge({ name: 'starts_total', help: 'Starts of the service.' });
export const requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'path'] });
export const parsing = new Histogram({ name: 'parse_duration_seconds', help: 'Parsing.' });
export const open = new Gauge({ name: 'open_connections', help: 'Open.', aggregator: 'max' });
export const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: linearBuckets(1, 2, 4),
});
export const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: Object.keys({ queue: 1 }) });
export const elsewhere = new Histogram({ name: 'parse_duration_seconds', help: 'Parsing.', buckets: bounds() });
