import { entries } from './entry.js';

/** OBS39xx: secrets in the spec. */
export const securityEntries = entries({
  OBS3901: { severity: 'error', title: 'secret in the spec', explanation: '' },
});
