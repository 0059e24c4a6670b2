import { register } from 'prom-client';
import type { Metrics } from './types.js';
import { metrics } from './generated/metrics.js';

export const all: Metrics = {
  requests: metrics.httpRequestsTotal,
  registry: register,
};
