import { Readable } from 'node:stream';
import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function stream(parts: readonly string[]): Readable {
  return Readable.from(parts);
}
(stream as unknown) = traceFunction(spans.functionCall, 'stream', stream);

export function iterate(limit: number): Iterable<number> {
  return {
    [Symbol.iterator]() { return traceCall(spans.objectMethod, () => {
      let value = 0;
      return { next: () => traceCall(spans.expressionCall, () => (value < limit ? { done: false, value: value++ } : { done: true, value: undefined })) };
    }); },
  };
}
(iterate as unknown) = traceFunction(spans.functionCall, 'iterate', iterate);

export async function read(source: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of source) text += part;
  return text;
}
(read as unknown) = traceFunction(spans.functionCall, 'read', read);
