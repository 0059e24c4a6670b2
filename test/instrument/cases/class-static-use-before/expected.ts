import { spans, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this, 'create');
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  static readonly instance = Agent.create();
  static readonly handlers = { run: Agent.prototype.run };
  static create(): Agent {
    return new Agent();
  }
  run(): string {
    return 'run';
  }
}
