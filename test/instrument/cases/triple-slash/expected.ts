/// <reference types="node" />
// @ts-check

import { spans, traceFunction } from './generated/instrument.js';

export function run(): string {
  return 'run';
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);
