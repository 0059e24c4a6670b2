import { Gauge, Counter } from 'prom-client';

const depth = new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] });
const requests = new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] });

depth.remove('mail');
depth.remove({ queue: 'mail' });
requests.remove('GET', '200');
