import { metrics as metrics1 } from './generated/metrics.js';

export const metrics = {
  starts: metrics1.startsTotal,
};
metrics.starts.inc();
