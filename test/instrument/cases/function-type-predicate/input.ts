export function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function lengthOf(value: unknown): number {
  return isText(value) ? value.length : 0;
}
