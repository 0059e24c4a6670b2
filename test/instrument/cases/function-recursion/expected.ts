import { spans, traceFunction } from './generated/instrument.js';

export function factorial(value: number): number {
  return value <= 1 ? 1 : value * factorial(value - 1);
}
(factorial as unknown) = traceFunction(spans.functionCall, 'factorial', factorial);

export function isEven(value: number): boolean {
  return value === 0 || isOdd(value - 1);
}
(isEven as unknown) = traceFunction(spans.functionCall, 'isEven', isEven);

function isOdd(value: number): boolean {
  return value !== 0 && isEven(value - 1);
}
(isOdd as unknown) = traceFunction(spans.functionCall, 'isOdd', isOdd);
