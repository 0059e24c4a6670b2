export function join(separator: string, ...parts: readonly string[]): string {
  return parts.join(separator);
}

export function tuple(...[first, second = 'none']: [string, string?]): string {
  return `${first} ${second}`;
}
