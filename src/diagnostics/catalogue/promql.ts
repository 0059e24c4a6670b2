import { entries } from './entry.js';

/** OBS31xx: PromQL. */
export const promqlEntries = entries({
  OBS3101: { severity: 'error', title: 'PromQL syntax', explanation: '' },
});
