import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'names');
    traceMethod(spans.methodCall, this.prototype, 'later');
  }

  readonly name = 'agent';
  names(count: number): string[] {
    return Array.from({ length: count }, () => traceCall(spans.expressionCall, () => this.name));
  }
  later(): () => Promise<string> {
    return async () => await traceCall(spans.expressionCall, async () => this.name);
  }
}

export function loose(this: unknown): () => unknown {
  return () => traceCall(spans.expressionCall, () => this);
}
(loose as unknown) = traceFunction(spans.functionCall, 'loose', loose);
