import { spans, traceConstruction, traceMethod } from './generated/instrument.js';

export class Pages {
  static {
    traceMethod(spans.methodCall, this.prototype, Symbol.iterator);
    traceMethod(spans.methodCall, this.prototype, Symbol.asyncIterator);
    traceMethod(spans.methodCall, this.prototype, 'entries');
    traceMethod(spans.methodCall, this, 'all');
  }

  constructor(private readonly count: number) { traceConstruction(spans.instanceMade).end();}
  *[Symbol.iterator](): Generator<number> {
    for (let page = 1; page <= this.count; page += 1) yield page;
  }
  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (const page of this) yield `page ${page}`;
  }
  *entries(): Generator<[number, Pages]> {
    for (const page of this) yield [page, this];
  }
  static async *all(): AsyncGenerator<number> {
    for (const page of new Pages(2)) yield page;
  }
}
