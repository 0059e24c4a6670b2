import { spans, traceFunction } from './generated/instrument.js';

export function isText(value: unknown): value is string {
  return typeof value === 'string';
}
(isText as unknown) = traceFunction(spans.functionCall, 'isText', isText);

export function lengthOf(value: unknown): number {
  return isText(value) ? value.length : 0;
}
(lengthOf as unknown) = traceFunction(spans.functionCall, 'lengthOf', lengthOf);
