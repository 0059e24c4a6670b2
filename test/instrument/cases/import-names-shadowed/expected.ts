import { spans as spans1, traceCall as traceCall1, traceFunction as traceFunction1, traceMethod } from './generated/instrument.js';

export function outer(spans: string): () => string {
  const traceFunction = traceFunction1(spans1.expressionCall, 'traceFunction', (text: string): string => `${text} of my own`);
  const inner = traceFunction1(spans1.expressionCall, 'inner', (): string => traceFunction(spans));
  return inner;
}
(outer as unknown) = traceFunction1(spans1.functionCall, 'outer', outer);

export class Agent {
  static {
    traceMethod(spans1.methodCall, this.prototype, 'run');
  }

  run(traceCall: (text: string) => string): { say(): string } {
    return {
      say(): string { return traceCall1(spans1.objectMethod, (): string => {
        return traceCall('said');
      }); },
    };
  }
}
