import { spans, traceConstruction, traceMethod } from './generated/instrument.js';

export class Point {
  static {
    traceMethod(spans.methodCall, this.prototype, 'scale');
  }

  readonly x: number;
  constructor(x: number);
  constructor(text: string);
  constructor(given: number | string) {
    const span = traceConstruction(spans.instanceMade);
    try {
    this.x = Number(given);
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  scale(by: number): Point;
  scale(by: string): string;
  scale(by: number | string): Point | string {
    return typeof by === 'number' ? new Point(this.x * by) : `${this.x}${by}`;
  }
}
