import { spans, traceFunction } from './generated/instrument.js';

export function other(): string {
  return 'other';
}
// @ts-expect-error: a function is given its traced form
other = traceFunction(spans.functionCall, 'other', other);
