import { spans, traceFunction } from './generated/instrument.js';

export function counter(): { next(): number; reset(): void } {
  let value = 0;
  function next(): number {
    value += 1;
    return value;
  }
  (next as unknown) = traceFunction(spans.functionCall, 'next', next);
  function reset(): void {
    value = 0;
  }
  (reset as unknown) = traceFunction(spans.functionCall, 'reset', reset);
  return { next, reset };
}
(counter as unknown) = traceFunction(spans.functionCall, 'counter', counter);
