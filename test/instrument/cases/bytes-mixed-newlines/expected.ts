import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export function one(): number {
  return 1;
}
(one as unknown) = traceFunction(spans.functionCall, 'one', one);

export class Two {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  run(): number {
    return 2;
  }
}
