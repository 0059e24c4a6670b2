import { Counter, Gauge, Histogram } from 'prom-client';

const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
const jobs = new Counter({ name: 'jobs_total', help: 'Jobs that ended.', labelNames: ['outcome'] });
const duration = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [0.1, 0.5, 1, 5],
});

export const value = async (): Promise<number> => (await starts.get()).values[0]?.value ?? 0;
open.startTimer()();
jobs.reset();
duration.zero({ method: 'GET', route: '/' });
