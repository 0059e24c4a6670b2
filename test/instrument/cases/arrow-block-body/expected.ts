import { spans, traceFunction } from './generated/instrument.js';

export const run = traceFunction(spans.expressionCall, 'run', async (task: string) => {
  if (task === '') return;
  const { length } = task;
  return length;
});
