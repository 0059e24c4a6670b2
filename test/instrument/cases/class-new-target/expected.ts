import { spans, traceConstruction } from './generated/instrument.js';

export class Shape {
  readonly kind: string;
  constructor() {
    const span = traceConstruction(spans.instanceMade);
    try {
    if (new.target === Shape) throw new TypeError('abstract');
    this.kind = new.target.name;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Circle extends Shape {}
