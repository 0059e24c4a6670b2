import { spans, traceAccessor, traceFunction, traceMethod } from './generated/instrument.js';

export class Base {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'name');
  }

  async run(task: string): Promise<string> {
    return `base ${task}`;
  }
  get name(): string {
    return 'base';
  }
}

export class Derived extends Base {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  override async run(task: string): Promise<string> {
    const inner = traceFunction(spans.expressionCall, 'inner', async (): Promise<string> => super.run(task));
    return `derived ${await inner()} ${super.name}`;
  }
}
