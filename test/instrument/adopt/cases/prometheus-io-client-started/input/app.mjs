import { Counter, register } from '@prometheus-io/client';
import { telemetry } from './generated/index.js';

await telemetry.start({ registry: register });
export const starts = new Counter({ name: 'starts_total', help: 'Starts of the service.' });
