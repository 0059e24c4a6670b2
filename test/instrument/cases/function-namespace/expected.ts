import { spans, traceCall, traceFunction } from './generated/instrument.js';

export namespace tools {
  export function search(query: string): string { return traceCall(spans.functionCall, (): string => {
    return prepare(query);
  }); }
  function prepare(query: string): string {
    return query.trim();
  }
  (prepare as unknown) = traceFunction(spans.functionCall, 'prepare', prepare);
  export const now = traceFunction(spans.expressionCall, 'now', (): number => 4);
}
