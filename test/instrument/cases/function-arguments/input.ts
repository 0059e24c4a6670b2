export function count(_first?: unknown): number {
  return arguments.length;
}

export function joined(): string {
  return Array.prototype.slice.call(arguments).join('-');
}

export function outer(): string {
  const inner = (): string => String(arguments[0]);
  return inner();
}
