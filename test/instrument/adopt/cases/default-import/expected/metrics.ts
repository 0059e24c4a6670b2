import { metrics } from './generated/metrics.js';

export const requests = metrics.httpRequestsTotal;

export const answered = (status: string, method: string): void => {
  requests.inc({ status, method });
};
