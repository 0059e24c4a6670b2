import { spans, traceAccessor, traceMethod } from './generated/instrument.js';

export class Plain {
  static {
    traceMethod(spans.methodCall, this.prototype, 'method');
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'read');
  }

  visible = 1;
  #hidden = 2;
  method(): number {
    return this.#hidden;
  }
  get read(): number {
    return 1;
  }
}
