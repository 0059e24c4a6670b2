/**
 * @license
 * Copyright of somebody.
 */

import { spans, traceFunction } from './generated/instrument.js';

/** Runs. */
export function run(): string {
  return 'run';
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);
