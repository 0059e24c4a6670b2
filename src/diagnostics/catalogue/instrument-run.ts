import { entries } from './entry.js';

/** OBS52xx: a run of the codemod over a tree. */
export const instrumentRunEntries = entries({});
