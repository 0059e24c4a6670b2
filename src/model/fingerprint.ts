import { createHash } from 'node:crypto';

/**
 * A hash of what parts of a model say, wherever it stands in its files: equal for two models whose parts say the same.
 * @param without keys that make no difference to whoever asks
 */
export function fingerprint(parts: object, without: readonly string[] = []): string {
  const left = new Set(['origin', ...without]);
  const plain = (key: string, value: unknown): unknown => {
    if (left.has(key)) return undefined;
    if (value instanceof Map || value instanceof Set) return [...(value as Iterable<unknown>)];
    if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
    // A text of the spec: what it says, not where.
    if (
      typeof value === 'object' &&
      value !== null &&
      'slice' in value &&
      'range' in value &&
      'value' in value
    )
      return value.value;
    return value;
  };
  return createHash('sha256').update(JSON.stringify(parts, plain)).digest('hex');
}
