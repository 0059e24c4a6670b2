import { Counter, register } from 'prom-client';
import type { Metrics } from './types.js';

export const all: Metrics = {
  requests: new Counter({ name: 'http_requests_total', help: 'Requests.', labelNames: ['method', 'status'] }),
  registry: register,
};
