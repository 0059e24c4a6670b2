import { spans, traceMethod } from './generated/instrument.js';

export class Counter {
  static {
    traceMethod(spans.methodCall, this.prototype, 'increment');
  }

  accessor count = 0;
  static accessor total = 0;
  increment(): number {
    this.count += 1;
    Counter.total += 1;
    return this.count;
  }
}
