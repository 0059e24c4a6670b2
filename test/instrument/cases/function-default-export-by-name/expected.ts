import { spans, traceFunction } from './generated/instrument.js';

function handler(request: string): string {
  return `handled ${request}`;
}
(handler as unknown) = traceFunction(spans.functionCall, 'handler', handler);

export default handler;
