import { entries } from './entry.js';

/** OBS53xx: what the analysis of code finds. */
export const analyzeEntries = entries({});
