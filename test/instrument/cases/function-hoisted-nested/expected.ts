import { spans, traceFunction } from './generated/instrument.js';

export function outer(value: number): number[] {
  (before as unknown) = traceFunction(spans.functionCall, 'before', before);
  const results = [before(value)];
  if (value > 0) {
    (inBlock as unknown) = traceFunction(spans.functionCall, 'inBlock', inBlock);
    results.push(inBlock(value));
    function inBlock(given: number): number {
      return given * 10;
    }
  }
  return results;

  function before(given: number): number {
    return given + 1;
  }
}
(outer as unknown) = traceFunction(spans.functionCall, 'outer', outer);
