import { spans, traceFunction } from './generated/instrument.js';

export function add(left: number, right: number): number {
  return left + right;
}
(add as unknown) = traceFunction(spans.functionCall, 'add', add);
