import { spans, traceConstruction, traceMethod } from './generated/instrument.js';

export class Agent {
  readonly label: string;
  constructor(
    readonly name: string,
    private readonly retries = 3,
    protected loud?: boolean,
  ) {
    const span = traceConstruction(spans.instanceMade);
    try {
    this.label = `${name} ${this.retries} ${String(this.loud)}`;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Loud extends Agent {
  static {
    traceMethod(spans.methodCall, this.prototype, 'check');
  }

  constructor(name: string, readonly volume: number) {
    super(name, 1, true);
    const span = traceConstruction(spans.instanceMade);
    try {
    this.check();
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  private check(): void {
    if (this.volume > 10) throw new RangeError('too loud');
  }
}
