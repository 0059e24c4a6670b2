import { entries } from './entry.js';

/** OBS1xxx: bytes, YAML and limits. */
export const syntaxEntries = entries({
  OBS1001: { severity: 'error', title: 'file too large', explanation: '' },
  OBS1002: { severity: 'error', title: 'file cannot be read', explanation: '' },
  OBS1003: { severity: 'error', title: 'not UTF-8', explanation: '' },
  OBS1004: { severity: 'error', title: 'nested too deeply', explanation: '' },
  OBS1005: { severity: 'error', title: 'anchor or alias', explanation: '' },
  OBS1006: { severity: 'error', title: 'invalid YAML', explanation: '' },
  OBS1007: { severity: 'error', title: 'duplicate key', explanation: '' },
  OBS1008: { severity: 'error', title: 'more than one document', explanation: '' },
  OBS1009: { severity: 'error', title: 'tag or directive', explanation: '' },
  OBS1010: { severity: 'error', title: 'control character', explanation: '' },
  OBS1011: { severity: 'error', title: 'character that changes the direction of text', explanation: '' },
  OBS1012: { severity: 'error', title: 'half of a surrogate pair', explanation: '' },
  OBS1013: { severity: 'error', title: 'number that is read in different ways', explanation: '' },
  OBS1014: { severity: 'error', title: 'tab in the indentation', explanation: '' },
  OBS1015: { severity: 'error', title: 'text that needs quotes', explanation: '' },
  OBS1016: { severity: 'warning', title: 'word that other readers take for a truth value', explanation: '' },
  OBS1017: { severity: 'error', title: 'merge key', explanation: '' },
  OBS1018: { severity: 'error', title: 'key that is not a text', explanation: '' },
  OBS1019: { severity: 'error', title: 'no spec in the file', explanation: '' },
  OBS1020: { severity: 'error', title: 'more faults of the YAML', explanation: '' },
  OBS1021: { severity: 'error', title: 'import that cannot be read', explanation: '' },
  OBS1022: { severity: 'error', title: 'imports in a circle', explanation: '' },
  OBS1023: { severity: 'error', title: 'too many imports', explanation: '' },
});
