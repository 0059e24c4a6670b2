import { sep } from 'node:path';
import { spans, traceFunction } from './generated/instrument.js';

export function run(): string {
  return sep;
}
// @ts-expect-error: a function is given its traced form
run = traceFunction(spans.functionCall, 'run', run);

export const later = traceFunction(spans.expressionCall, 'later', async (): Promise<string> => run());
