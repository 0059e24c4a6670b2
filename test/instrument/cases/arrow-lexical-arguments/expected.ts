import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export function outer(..._rest: unknown[]): unknown[] {
  const inner = traceFunction(spans.expressionCall, 'inner', (first: unknown): unknown[] => [arguments.length, arguments[0], first]);
  return inner('own');
}
(outer as unknown) = traceFunction(spans.functionCall, 'outer', outer);

export function Outer(this: unknown): boolean { return traceCall(spans.functionCall, (): boolean => {
  const inner = (): boolean => traceCall(spans.expressionCall, (): boolean => new.target !== undefined);
  return inner();
}); }

export class Base {
  static {
    traceMethod(spans.methodCall, this.prototype, 'greet');
  }

  greet(): string {
    return 'base';
  }
}

export class Derived extends Base {
  static {
    traceMethod(spans.methodCall, this.prototype, 'greet');
  }

  override greet(): string {
    const inner = traceFunction(spans.expressionCall, 'inner', (): string => `${super.greet()} derived`);
    return inner();
  }
}
