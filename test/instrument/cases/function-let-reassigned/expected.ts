import { spans, traceCall, traceFunction } from './generated/instrument.js';

export let greet = traceFunction(spans.expressionCall, 'greet', function (name: string): string {
  return `hello ${name}`;
});

export function silence(): void {
  greet = (name) => traceCall(spans.expressionCall, () => name);
}
(silence as unknown) = traceFunction(spans.functionCall, 'silence', silence);
