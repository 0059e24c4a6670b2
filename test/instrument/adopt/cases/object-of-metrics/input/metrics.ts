import { Counter, Gauge } from 'prom-client';

export const telemetry = {
  http: {
    requests: new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] }),
  },
  'queue-depth': new Gauge({ name: 'queue_depth', help: 'Jobs that wait.', labelNames: ['queue'] }),
};
