import { spans, traceMethod } from './generated/instrument.js';

export class Store<K extends string, V = unknown> {
  static {
    traceMethod(spans.methodCall, this.prototype, 'get');
    traceMethod(spans.methodCall, this.prototype, 'set');
    traceMethod(spans.methodCall, this.prototype, 'map');
    traceMethod(spans.methodCall, this.prototype, 'is');
    traceMethod(spans.methodCall, this.prototype, 'assertFull');
  }

  readonly #values = new Map<K, V>();
  async get<D extends V | undefined>(key: K, fallback: D): Promise<V | D> {
    return this.#values.get(key) ?? fallback;
  }
  set(key: K, value: V): this {
    this.#values.set(key, value);
    return this;
  }
  map<R>(work: (value: V, key: K) => R): Store<K, R> {
    const mapped = new Store<K, R>();
    for (const [key, value] of this.#values) mapped.set(key, work(value, key));
    return mapped;
  }
  is(value: unknown): value is V {
    return value !== undefined;
  }
  assertFull(): asserts this is Store<K, V> & { readonly full: true } {
    if (this.#values.size === 0) throw new Error('empty');
  }
}
