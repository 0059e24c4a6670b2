import { Gauge } from 'prom-client';
import { telemetry } from './generated/index.js';
import { registry } from './registry.js';
import { metrics } from './generated/metrics.js';

await telemetry.start({ registry });
export const starts = metrics.startsTotal;
export const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
