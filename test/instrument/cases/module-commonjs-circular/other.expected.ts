import { ping } from './input';
import { spans, traceFunction } from './generated/instrument';

export function pong(turns: number): string {
  return turns === 0 ? 'pong' : ping(turns - 1);
}
// @ts-expect-error: a function is given its traced form
pong = traceFunction(spans.functionCall, 'pong', pong);
