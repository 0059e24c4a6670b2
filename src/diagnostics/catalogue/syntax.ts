import { entries } from './entry.js';

/** OBS1xxx: bytes, YAML and limits. */
export const syntaxEntries = entries({
  OBS1001: { severity: 'error', title: 'file too large', explanation: '' },
});
