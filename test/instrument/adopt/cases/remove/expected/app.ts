import { metrics } from './generated/metrics.js';

const depth = metrics.queueDepth;
const requests = metrics.httpRequestsTotal;

depth.remove({ queue: 'mail' });
depth.remove({ queue: 'mail' });
requests.remove({ method: 'GET', status: '200' });
