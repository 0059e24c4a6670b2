import path = require('node:path');
import { spans, traceFunction } from './generated/instrument.js';

function run(text: string): string {
  return path.basename(text);
}
// @ts-expect-error: a function is given its traced form
run = traceFunction(spans.functionCall, 'run', run);

namespace run {
  export const version = 1;
}

export = run;
