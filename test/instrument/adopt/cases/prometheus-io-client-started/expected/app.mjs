import { register } from '@prometheus-io/client';
import { telemetry } from './generated/index.js';
import { metrics } from './generated/metrics.js';

await telemetry.start({ registry: register });
export const starts = metrics.startsTotal;
