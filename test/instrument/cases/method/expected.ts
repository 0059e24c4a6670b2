import { spans, traceConstruction, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
    traceMethod(spans.methodCall, this.prototype, 'runLater');
  }

  constructor(readonly name: string) { traceConstruction(spans.instanceMade).end();}
  run(task: string): string {
    return `${this.name} ran ${task}`;
  }
  async runLater(task: string): Promise<string> {
    return this.run(task);
  }
}
