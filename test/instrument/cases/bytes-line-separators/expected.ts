import { spans, traceFunction } from './generated/instrument.js';

export const text = 'a b';
// a comment with one:  
export function split(): string[] {
  return text.split('\u2028');
}
(split as unknown) = traceFunction(spans.functionCall, 'split', split);
