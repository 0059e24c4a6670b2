import { spans, traceFunction } from './generated/instrument.js';

export default async function handler(request: string): Promise<string> {
  return `handled ${request}`;
}
(handler as unknown) = traceFunction(spans.functionCall, 'handler', handler);
