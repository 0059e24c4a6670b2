import { spans, traceCall, traceFunction } from './generated/instrument.js';

export function read(options: Readonly<{ items: readonly number[] }>): number {
  return options.items.length;
}
(read as unknown) = traceFunction(spans.functionCall, 'read', read);

export function frozen(): Readonly<Record<string, unknown>> {
  return Object.freeze({ list: Object.freeze([1, 2]) });
}
(frozen as unknown) = traceFunction(spans.functionCall, 'frozen', frozen);

export const api = Object.freeze({
  run(value: number): number { return traceCall(spans.objectMethod, (): number => {
    return value * 2;
  }); },
});
