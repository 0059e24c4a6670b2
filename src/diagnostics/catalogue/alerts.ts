import { entries } from './entry.js';

/** OBS33xx: alerts. */
export const alertEntries = entries({
  OBS3301: { severity: 'error', title: 'alert template', explanation: '' },
});
