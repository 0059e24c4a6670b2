import type { Registry } from 'prom-client';
import type { metrics } from './generated/metrics.js';

export interface Metrics {
  readonly requests: typeof metrics.httpRequestsTotal;
  readonly registry: Registry;
}
