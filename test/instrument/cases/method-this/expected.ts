import { spans, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'self');
    traceMethod(spans.methodCall, this.prototype, 'selfLater');
    traceMethod(spans.methodCall, this.prototype, 'compare');
  }

  self(): this {
    return this;
  }
  async selfLater(): Promise<this> {
    return this;
  }
  compare(other: Agent): boolean {
    return other === this;
  }
}
