import { spans, traceFunction } from './generated/instrument.js';

export function parse(text: string): string[] {
  return text.split(parse.separator);
}
(parse as unknown) = traceFunction(spans.functionCall, 'parse', parse);

export namespace parse {
  export const separator = ',';
  export const strict = traceFunction(spans.expressionCall, 'strict', (text: string): string[] => parse(text).filter((part) => part !== ''));
}
