import { entries } from './entry.js';

/** OBS32xx: SLIs and SLO arithmetic. */
export const sloEntries = entries({
  OBS3201: { severity: 'error', title: 'latency threshold is no bucket bound', explanation: '' },
});
