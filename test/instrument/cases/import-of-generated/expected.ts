import { spans } from './generated/instrument.js';
import { traceFunction } from './generated/instrument.js';

export function ready(): boolean {
  return typeof spans === 'object';
}
(ready as unknown) = traceFunction(spans.functionCall, 'ready', ready);
