import { Gauge } from 'prom-client';
import { metrics } from './generated/metrics.js';

export const starts = metrics.startsTotal;
export const group = { open: new Gauge({ name: 'open_connections', help: 'Connections that are open.' }) };
export const jobs = metrics.jobsTotal;
export const wide: { lookups: typeof metrics.lookupsTotal } = {
  lookups: metrics.lookupsTotal,
};
