import { spans, traceMethod } from './generated/instrument.js';

export default class {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
    traceMethod(spans.methodCall, this, 'make');
  }

  run(): string {
    return 'default';
  }
  static async make(): Promise<string> {
    return 'static';
  }
}
