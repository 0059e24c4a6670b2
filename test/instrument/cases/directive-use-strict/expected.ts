'use strict';
// A comment between.
"use other";

import { spans, traceFunction } from './generated/instrument.js';

export function run(): string {
  'use strict';
  return 'run';
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);

export const arrow = traceFunction(spans.expressionCall, 'arrow', (): string => {
  "use strict";
  return 'arrow';
});
