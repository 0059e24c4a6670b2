import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'reveal');
  }

  readonly name = 'agent';
  run = traceFunction(spans.expressionCall, 'run', async (task: string): Promise<string> => `${this.name} ${task}`);
  handler: (text: string) => string = traceFunction(spans.expressionCall, 'handler', (text) => text + this.name);
  static create = traceFunction(spans.expressionCall, 'create', (): Agent => new Agent());
  #secret = traceFunction(spans.expressionCall, '#secret', (value: number): number => value * 2);
  declare later: () => void;
  plain = traceFunction(spans.expressionCall, 'plain', function (this: unknown): unknown {
    return this;
  });
  reveal(): number {
    return this.#secret(4);
  }
}
