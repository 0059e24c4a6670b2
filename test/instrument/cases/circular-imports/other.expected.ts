import { ping } from './input.js';
import { spans, traceFunction } from './generated/instrument.js';

export function pong(turns: number): string {
  return turns === 0 ? 'pong' : ping(turns - 1);
}
(pong as unknown) = traceFunction(spans.functionCall, 'pong', pong);
