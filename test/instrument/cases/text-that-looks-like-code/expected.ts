import { spans, traceFunction } from './generated/instrument.js';

export const code = `
function inner() { return 1; }
${((value: number) => value * 2)(2)}
`;
export const regular = /function \w+\(\) \{/u;
export const division = traceFunction(spans.expressionCall, 'division', (a: number, b: number): number => a / b / 2);
export function tagged(parts: TemplateStringsArray, ...values: unknown[]): string {
  return parts.raw.join('|') + values.length;
}
(tagged as unknown) = traceFunction(spans.functionCall, 'tagged', tagged);
export const made = tagged`a${1}b\n`;
