import { entries } from './entry.js';

/** OBS2xxx: the shape of the spec. */
export const schemaEntries = entries({
  OBS2001: { severity: 'error', title: 'unknown key', explanation: '' },
});
