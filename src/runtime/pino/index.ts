/** What makes the lines of pino those of the generated logs; loaded by specs that say `logs.pino: true`. */
export { createPinoOptions } from './pino-options.js';
export type { PinoOptions, PinoSettings } from './pino-options.js';
