import { spans, traceAccessor, traceConstruction, traceMethod } from './generated/instrument.js';

export class NotFound extends Error {
  static {
    traceMethod(spans.methodCall, this.prototype, 'describe');
    traceMethod(spans.methodCall, this.prototype, 'toString');
  }

  override name = 'NotFound';
  constructor(readonly key: string) {
    super(`no ${key}`);
    traceConstruction(spans.instanceMade).end();
  }
  describe(): string {
    return `${this.name}: ${this.message}`;
  }
  override toString(): string {
    return this.describe();
  }
}

export class Stack<T> extends Array<T> {
  static {
    traceMethod(spans.methodCall, this.prototype, 'peek');
    traceAccessor(spans.accessorRead, this, 'get', Symbol.species);
  }

  peek(): T | undefined {
    return this[this.length - 1];
  }
  static get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

export class Queue<T> extends Map<string, T> {
  static {
    traceMethod(spans.methodCall, this.prototype, 'set');
  }

  constructor(entries: Iterable<readonly [string, T]> = []) {
    super(entries);
    const span = traceConstruction(spans.instanceMade);
    try {
    this.set('last', undefined as T);
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  override set(key: string, value: T): this {
    return super.set(key, value);
  }
}
