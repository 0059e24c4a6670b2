import { entries } from './entry.js';

/** OBS51xx: places that the codemod leaves alone. */
export const instrumentShapeEntries = entries({});
