import { metrics } from './generated/metrics.js';

export const telemetry = {
  http: {
    requests: metrics.httpRequestsTotal,
  },
  'queue-depth': metrics.queueDepth,
};
