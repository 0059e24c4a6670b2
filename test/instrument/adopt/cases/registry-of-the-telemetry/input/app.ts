import { Counter, Gauge } from 'prom-client';
import { telemetry } from './generated/index.js';
import { registry } from './registry.js';

await telemetry.start({ registry });
export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.', registers: [registry] });
export const open = new Gauge({ name: 'open_connections', help: 'Connections that are open.' });
