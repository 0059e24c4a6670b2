'use strict';

import { spans, traceFunction } from './generated/instrument.js';

export function run(this: unknown, text: string): string {
  return text + String(this);
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);
