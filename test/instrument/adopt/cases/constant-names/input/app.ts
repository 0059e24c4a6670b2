import { Counter, Gauge, Histogram } from 'prom-client';
import { common, names, Names, prefix } from './names.js';

const bounds = [0.1, 0.5];
const requests = new Counter({ name: names.requests, help: 'Requests.', labelNames: [...names.labels] });
const depth = new Gauge({ ...common, name: Names.Depth, labelNames: ['queue'] });
const options = {
  name: prefix + '_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [...bounds, 1, 5],
};
const duration = new Histogram(options);

requests.labels('GET', '200').inc();
depth.labels('mail').inc();
duration.labels('GET', '/').observe(0.3);
