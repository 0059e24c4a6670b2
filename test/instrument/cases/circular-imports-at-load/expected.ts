import { registered } from './registry.js';
import { spans, traceFunction } from './generated/instrument.js';

export function handler(): string {
  return 'handled';
}
(handler as unknown) = traceFunction(spans.functionCall, 'handler', handler);

export const names = registered;
