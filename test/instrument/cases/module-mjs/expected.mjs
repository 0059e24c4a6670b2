import { spans, traceFunction } from './generated/instrument.js';

export default function defaultFunction (text) {
  return text;
}
defaultFunction = traceFunction(spans.functionCall, 'default', defaultFunction);
export const { run } = { run: traceFunction(spans.expressionCall, 'run', (text) => text) };
export function* values() {
  yield 1;
}
values = traceFunction(spans.functionCall, 'values', values);
