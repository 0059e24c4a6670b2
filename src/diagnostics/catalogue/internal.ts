import { entries } from './entry.js';

/** OBS9xxx: faults of obs-gen itself. */
export const internalEntries = entries({
  OBS9001: { severity: 'error', title: 'internal error', explanation: '' },
});
