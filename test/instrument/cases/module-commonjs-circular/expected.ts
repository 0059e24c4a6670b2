import { pong } from './other';
import { spans, traceFunction } from './generated/instrument';

export function ping(turns: number): string {
  return turns === 0 ? 'ping' : pong(turns - 1);
}
// @ts-expect-error: a function is given its traced form
ping = traceFunction(spans.functionCall, 'ping', ping);

export const atLoad = ping(2);
