import { spans, traceConstruction, traceFunction, traceMethod } from './generated/instrument.js';

export const log: string[] = [];
const note = traceFunction(spans.expressionCall, 'note', <T>(text: string, value: T): T => {
  log.push(text);
  return value;
});

export class Base {
  static {
    traceMethod(spans.methodCall, this.prototype, 'start');
  }

  first = note('base first', 1);
  static made = note('static', 0);
  handler = traceFunction(spans.expressionCall, 'handler', (): number => this.first);
  constructor() {
    const span = traceConstruction(spans.instanceMade);
    try {
    note('base constructor', 0);
    this.start();
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  start(): void {
    note('base start', 0);
  }
}

export class Derived extends Base {
  static {
    traceMethod(spans.methodCall, this.prototype, 'start');
  }

  second = note('derived second', 2);
  [note('computed key', 'third')] = note('derived third', 3);
  constructor() {
    note('before super', 0);
    super();
    const span = traceConstruction(spans.instanceMade);
    try {
    note('after super', 0);
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  override start(): void {
    note(`derived start ${String(this.second)}`, 0);
  }
}
