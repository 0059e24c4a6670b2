import { spans, traceMethod } from './generated/instrument.js';

export const log: string[] = [];

export class Agent {
  static {
    traceMethod(spans.methodCall, this, 'describe');
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  static readonly order = log.push('field');
  static {
    log.push(`block ${this.describe()}`);
  }
  static describe(): string {
    return 'described';
  }
  static {
    log.push(`second ${new this().run()}`);
  }
  run(): string {
    return 'run';
  }
}
