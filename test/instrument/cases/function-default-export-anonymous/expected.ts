import { spans, traceFunction } from './generated/instrument.js';

export default async function defaultFunction (request: string): Promise<string> {
  return `handled ${request}`;
}
(defaultFunction as unknown) = traceFunction(spans.functionCall, 'default', defaultFunction);
