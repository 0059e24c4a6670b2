import { metrics } from './generated/metrics.js';
import { common, names, Names, prefix } from './names.js';

const bounds = [0.1, 0.5];
const requests = metrics.httpRequestsTotal;
const depth = metrics.queueDepth;
const options = {
  name: prefix + '_request_duration_seconds',
  help: 'How long requests took.',
  labelNames: ['method', 'route'],
  buckets: [...bounds, 1, 5],
};
const duration = metrics.httpRequestDurationSeconds;

requests.inc({ method: 'GET', status: '200' });
depth.inc({ queue: 'mail' });
duration.observe({ method: 'GET', route: '/' }, 0.3);
