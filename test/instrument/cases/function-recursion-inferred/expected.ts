import { spans, traceFunction } from './generated/instrument.js';

export function walk(depth: number, seen: number[] = []) {
  seen.push(depth);
  if (depth > 0) walk(depth - 1, seen);
  return seen;
}
(walk as unknown) = traceFunction(spans.functionCall, 'walk', walk);
