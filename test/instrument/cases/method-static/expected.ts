import { spans, traceMethod } from './generated/instrument.js';

export class Agent {
  static {
    traceMethod(spans.methodCall, this, 'create');
    traceMethod(spans.methodCall, this, 'later');
    traceMethod(spans.methodCall, this.prototype, 'create');
  }

  static made = 0;
  static create(): Agent {
    this.made += 1;
    return new this();
  }
  static async later(): Promise<number> {
    return Agent.made;
  }
  create(): string {
    return 'an instance has one too';
  }
}

export class Derived extends Agent {
  static {
    traceMethod(spans.methodCall, this, 'create');
  }

  static override create(): Derived {
    return super.create() as Derived;
  }
}
