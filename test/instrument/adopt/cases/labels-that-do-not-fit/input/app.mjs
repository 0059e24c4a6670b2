import { Counter, Gauge, Histogram } from 'prom-client';

const requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] });
const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
const lookups = new Counter({ name: 'lookups_total', help: 'Lookups.', labelNames: ['cached'] });
const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [0.1, 0.5, 1, 5],
});

export function record(labels, values) {
  requests.inc({ method: 'GET' });
  depth.set(labels, 1);
  jobs.inc();
  lookups.labels(...values).inc();
  duration.observe({ method: 'GET', route: '/', code: '200' }, 1);
}
