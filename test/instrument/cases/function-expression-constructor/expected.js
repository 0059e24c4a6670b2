import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const Queue = traceFunction(spans.expressionCall, 'Queue', function () {
  this.items = [];
});
Queue.prototype.add = function (item) { return traceCall(spans.expressionCall, () => {
  this.items.push(item);
  return this;
}); };
export const Inherited = traceFunction(spans.expressionCall, 'Inherited', function Inherited() {
  Queue.call(this);
});
Inherited.prototype = Object.create(Queue.prototype, { constructor: { value: Inherited } });
