import { spans, traceFunction } from './generated/instrument.js';

export function assertText(value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`no text: ${String(value)}`);
}
(assertText as unknown) = traceFunction(spans.functionCall, 'assertText', assertText);

export function assert(condition: unknown): asserts condition {
  if (!condition) throw new Error('assertion');
}
(assert as unknown) = traceFunction(spans.functionCall, 'assert', assert);

export function shout(value: unknown): string {
  assertText(value);
  assert(value.length > 0);
  return value.toUpperCase();
}
(shout as unknown) = traceFunction(spans.functionCall, 'shout', shout);
