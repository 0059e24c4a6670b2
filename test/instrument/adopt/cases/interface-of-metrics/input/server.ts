import type { Metrics } from './types.js';

export const serve = ({ requests }: Metrics): void => {
  requests.labels('GET', '200').inc();
};
export const serveAll = (metrics: Metrics): void => metrics.requests.labels('GET', '200').inc();
