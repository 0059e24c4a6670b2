import { Counter, Gauge, Histogram } from 'prom-client';

const requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] });
const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [0.1, 0.5, 1, 5],
});

export function record(method: string, optional: { queue?: string }): void {
  const labels = { method, status: '200' };
  requests.inc(labels);
  requests.labels(labels).inc(2);
  requests.inc({ ...labels, status: '404' });
  depth.set(optional, 1);
  const counted = { method, route: 3 };
  duration.observe(counted, 1);
}
