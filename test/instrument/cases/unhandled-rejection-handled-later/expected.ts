import { spans, traceFunction } from './generated/instrument.js';

export async function crash(): Promise<void> {
  throw new Error('somebody listens late');
}
(crash as unknown) = traceFunction(spans.functionCall, 'crash', crash);

export async function fine(): Promise<string> {
  throw new Error('somebody listens at once');
}
(fine as unknown) = traceFunction(spans.functionCall, 'fine', fine);
