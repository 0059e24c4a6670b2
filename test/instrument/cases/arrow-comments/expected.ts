// The first line of the file.

import { spans, traceCall, traceFunction } from './generated/instrument.js';

/** Doubles. */
export const double = /* here */ traceFunction(spans.expressionCall, 'double', (value: number /* the value */): number => /* what follows */ value * 2); // doubled

/** Runs. */
export const run = async (
  task: string, // what to do
  // how often
  times = 1,
): Promise<string> => await traceCall(spans.expressionCall, async (): Promise<string> => {
  // nothing before this
  return task.repeat(times); // and nothing after
  // the end
});
/* trailing */
