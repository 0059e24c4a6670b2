import { spans, traceFunction } from './generated/instrument.js';

export function Counter(start) {
  this.value = start;
  Counter.made += 1;
}
Counter = traceFunction(spans.functionCall, 'Counter', Counter);
Counter.made = 0;
Counter.prototype.next = traceFunction(spans.expressionCall, 'next', function next() {
  this.value += 1;
  return this.value;
});
