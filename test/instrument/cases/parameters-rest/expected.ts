import { spans, traceFunction } from './generated/instrument.js';

export function join(separator: string, ...parts: readonly string[]): string {
  return parts.join(separator);
}
(join as unknown) = traceFunction(spans.functionCall, 'join', join);

export function tuple(...[first, second = 'none']: [string, string?]): string {
  return `${first} ${second}`;
}
(tuple as unknown) = traceFunction(spans.functionCall, 'tuple', tuple);
