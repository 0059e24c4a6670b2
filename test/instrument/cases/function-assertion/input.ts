export function assertText(value: unknown): asserts value is string {
  if (typeof value !== 'string') throw new TypeError(`no text: ${String(value)}`);
}

export function assert(condition: unknown): asserts condition {
  if (!condition) throw new Error('assertion');
}

export function shout(value: unknown): string {
  assertText(value);
  assert(value.length > 0);
  return value.toUpperCase();
}
