import type { Metrics } from './types.js';

export const serve = ({ requests }: Metrics): void => {
  requests.inc({ method: 'GET', status: '200' });
};
export const serveAll = (metrics: Metrics): void => metrics.requests.inc({ method: 'GET', status: '200' });
