import { spans, traceMethod } from './generated/instrument.js';

export class Box {
  static {
    traceMethod(spans.methodCall, this.prototype, 'grow');
  }

  #value = 1;
  get #double(): number {
    return this.#value * 2;
  }
  set #double(value: number) {
    this.#value = value / 2;
  }
  grow(): number {
    this.#double += 2;
    return this.#double;
  }
}
