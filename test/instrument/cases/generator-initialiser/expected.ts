import { spans, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

export function* from(start = (log.push('initialised'), 1), [second] = [start + 1]): Generator<number> {
  yield start;
  yield second ?? 0;
}
(from as unknown) = traceFunction(spans.functionCall, 'from', from);
