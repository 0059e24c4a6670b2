import { spans, traceFunction } from './generated/instrument.js';

export function count(_first?: unknown): number {
  return arguments.length;
}
(count as unknown) = traceFunction(spans.functionCall, 'count', count);

export function joined(): string {
  return Array.prototype.slice.call(arguments).join('-');
}
(joined as unknown) = traceFunction(spans.functionCall, 'joined', joined);

export function outer(): string {
  const inner = traceFunction(spans.expressionCall, 'inner', (): string => String(arguments[0]));
  return inner();
}
(outer as unknown) = traceFunction(spans.functionCall, 'outer', outer);
