import { spans, traceAccessor, traceConstruction } from './generated/instrument.js';

export class Box {
  static {
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'value');
    traceAccessor(spans.accessorWrite, this.prototype, 'set', 'value');
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'double');
    traceAccessor(spans.accessorWrite, this.prototype, 'set', 'only');
  }

  #value: number;
  reads = 0;
  constructor(value: number) {
    const span = traceConstruction(spans.instanceMade);
    try {
    this.#value = value;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  get value(): number {
    this.reads += 1;
    return this.#value;
  }
  set value(next: number) {
    if (next < 0) throw new RangeError('negative');
    this.#value = next;
  }
  get double(): number {
    return this.#value * 2;
  }
  set only(next: string | number) {
    this.#value = Number(next);
  }
}
