import { pong } from './other.js';
import { spans, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

export function ping(turns: number): string {
  return turns === 0 ? 'ping' : pong(turns - 1);
}
(ping as unknown) = traceFunction(spans.functionCall, 'ping', ping);

export const atLoad = ping(3);
