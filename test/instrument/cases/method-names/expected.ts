import { spans, traceFunction, traceMethod } from './generated/instrument.js';

const dynamic = 'made' + 'Up';
export const symbol = Symbol('run');
let reads = 0;
const key = traceFunction(spans.expressionCall, 'key', (): string => `read${(reads += 1)}`);

export class Odd {
  static {
    traceMethod(spans.methodCall, this.prototype, 'quoted-name');
    traceMethod(spans.methodCall, this.prototype, '42');
    traceMethod(spans.methodCall, this.prototype, dynamic);
    traceMethod(spans.methodCall, this.prototype, symbol);
    traceMethod(spans.methodCall, this.prototype, 'it\'s');
    traceMethod(spans.methodCall, this.prototype, 'get');
    traceMethod(spans.methodCall, this.prototype, 'static');
    traceMethod(spans.methodCall, this.prototype, 'async');
    traceMethod(spans.methodCall, this.prototype, 'constructor2');
    traceMethod(spans.methodCall, this.prototype, '$dollar_');
    traceMethod(spans.methodCall, this.prototype, 'größe');
  }

  'quoted-name'(): string {
    return 'quoted';
  }
  42(): string {
    return 'number';
  }
  [dynamic](): string {
    return 'computed';
  }
  [symbol](): string {
    return 'symbol';
  }
  [key()](): string {
    return 'read once';
  }
  "it's"(): string {
    return 'apostrophe';
  }
  get(): string {
    return 'get';
  }
  static(): string {
    return 'static';
  }
  async(): string {
    return 'async';
  }
  'constructor2'(): string {
    return 'not a constructor';
  }
  $dollar_(): string {
    return 'dollar';
  }
  größe(): string {
    return 'umlaut';
  }
}
