import { spans, traceFunction } from './generated/instrument.js';

export function make(): () => string {
  (inner as unknown) = traceFunction(spans.functionCall, 'inner', inner);
  return inner;

  function inner(): string {
    return 'inner';
  }
}
(make as unknown) = traceFunction(spans.functionCall, 'make', make);
