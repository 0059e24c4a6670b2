import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export function make(prefix: string): { run(text: string): string } {
  class Local {
    static {
      traceMethod(spans.methodCall, this.prototype, 'run');
    }

    run(text: string): string {
      return prefix + text;
    }
  }
  return new Local();
}
(make as unknown) = traceFunction(spans.functionCall, 'make', make);

export const factories = ['a', 'b'].map(
  (letter) =>
    traceCall(spans.expressionCall, () => class {
      static {
        traceMethod(spans.methodCall, this, 'letter');
      }

      static letter(): string {
        return letter;
      }
    }),
);
