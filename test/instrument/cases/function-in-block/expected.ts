import { spans, traceFunction } from './generated/instrument.js';

export const found: string[] = [];

if (found.length === 0) {
  (local as unknown) = traceFunction(spans.functionCall, 'local', local);
  found.push(local());
  function local(): string {
    return 'local';
  }
  found.push(local());
}

for (const item of ['a', 'b']) {
  function each(): string {
    return item;
  }
  (each as unknown) = traceFunction(spans.functionCall, 'each', each);
  found.push(each());
}

{
  function local(): string {
    return 'another';
  }
  (local as unknown) = traceFunction(spans.functionCall, 'local', local);
  found.push(local());
}
