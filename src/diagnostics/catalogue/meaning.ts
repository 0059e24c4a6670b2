import { entries } from './entry.js';

/** OBS30xx: references, names and units. */
export const meaningEntries = entries({
  OBS3001: { severity: 'error', title: 'unknown reference', explanation: '' },
});
