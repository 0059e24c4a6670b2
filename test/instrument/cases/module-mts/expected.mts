import { sep } from 'node:path';
import { spans, traceFunction } from './generated/instrument.js';

export function run(): string {
  return sep;
}
(run as unknown) = traceFunction(spans.functionCall, 'run', run);

export const later = traceFunction(spans.expressionCall, 'later', async (): Promise<string> => run());
export const top = await later();
