import { entries } from './entry.js';

/** OBS4xxx: what stands on disk. */
export const outputEntries = entries({
  OBS4101: { severity: 'error', title: 'edited by hand', explanation: '' },
});
