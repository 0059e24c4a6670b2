import { entries } from './entry.js';

/** OBS34xx: labels, caps and series budgets. */
export const cardinalityEntries = entries({
  OBS3401: { severity: 'error', title: 'series budget exceeded', explanation: '' },
});
