import { entries } from './entry.js';

/** OBS50xx: rules of the codemod. */
export const instrumentRuleEntries = entries({});
