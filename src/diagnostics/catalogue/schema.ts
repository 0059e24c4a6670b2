import { entries } from './entry.js';

/** OBS2xxx: the shape of the spec. */
export const schemaEntries = entries({
  OBS2001: { severity: 'error', title: 'unknown key', explanation: '' },
  OBS2002: { severity: 'error', title: 'missing key', explanation: '' },
  OBS2003: { severity: 'error', title: 'value of another type', explanation: '' },
  OBS2004: { severity: 'error', title: 'none of the possible values', explanation: '' },
  OBS2005: { severity: 'error', title: 'not exactly one of several keys', explanation: '' },
  OBS2006: { severity: 'error', title: 'number out of range', explanation: '' },
  OBS2007: { severity: 'error', title: 'malformed text', explanation: '' },
  OBS2008: { severity: 'error', title: 'wrong length', explanation: '' },
  OBS2009: { severity: 'error', title: 'item that stands twice', explanation: '' },
  OBS2010: { severity: 'error', title: 'malformed name', explanation: '' },
  OBS2011: { severity: 'error', title: 'more schema errors', explanation: '' },
  OBS2101: { severity: 'error', title: 'entry in two files', explanation: '' },
  OBS2102: { severity: 'warning', title: 'null that removes nothing', explanation: '' },
  OBS2103: { severity: 'error', title: "metric that differs from the preset's", explanation: '' },
});
