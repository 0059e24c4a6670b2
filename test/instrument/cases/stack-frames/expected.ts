import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
    traceMethod(spans.methodCall, this.prototype, 'step');
  }

  async run(task: string): Promise<string> {
    return this.step(task);
  }
  private step(task: string): string {
    return parse(task);
  }
}

export function parse(text: string): string {
  return explode(text);
}
(parse as unknown) = traceFunction(spans.functionCall, 'parse', parse);

const explode = traceFunction(spans.expressionCall, 'explode', (text: string): string => {
  throw new Error(`cannot parse ${text}`);
});
