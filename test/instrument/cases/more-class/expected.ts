import { logs, metrics, spans, traceAccessor, traceConstruction, traceFunction, traceMethod, tracePrivate } from './generated/instrument.js';

export class Store {
  static {
    traceMethod({ time: [metrics.caseCallSeconds, { kind: 'this.kind', size: 'args.length' }], log: [logs.callEnded, { kind: '=Store', size: 'result' }] }, this, 'of');
    traceAccessor({ count: [metrics.caseCallsTotal, { kind: '=size' }] }, this.prototype, 'get', 'size');
    traceAccessor({ count: [metrics.caseCallsTotal, { kind: '=size' }] }, this.prototype, 'set', 'size');
    traceMethod({ time: [metrics.caseCallSeconds, { kind: 'this.kind', size: 'args.length' }], log: [logs.callEnded, { kind: '=Store', size: 'result' }] }, this.prototype, 'add');
    traceMethod({ time: [metrics.caseCallSeconds, { kind: 'this.kind', size: 'args.length' }], log: [logs.callEnded, { kind: '=Store', size: 'result' }] }, this.prototype, 'steps');
    traceMethod({ time: [metrics.caseCallSeconds, { kind: 'this.kind', size: 'args.length' }], log: [logs.callEnded, { kind: '=Store', size: 'result' }] }, this.prototype, 'pages');
  }

  readonly kind: string;
  #size = 0;

  constructor(kind: string) {
    const span = traceConstruction({ span: spans.caseCall, count: [metrics.caseCallsTotal, { kind: '=made' }], log: [logs.tick] });
    try {
    this.kind = kind;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }

  static of(kind: string): Store {
    return new Store(kind);
  }

  get size(): number {
    return this.#size;
  }

  set size(size: number) {
    if (size < 0) throw new RangeError('less than nothing');
    this.#size = size;
  }

  async add(size: number): Promise<number> {
    await Promise.resolve();
    return this.#grow(size);
  }

  #growUntraced(size: number): number {
    this.size += size;
    return this.size;
  }

  get #grow() {
    return tracePrivate({ time: [metrics.caseCallSeconds, { kind: 'this.kind', size: 'args.length' }], log: [logs.callEnded, { kind: '=Store', size: 'result' }] }, '#grow', this.#growUntraced);
  }

  *steps(): Generator<number, number> {
    yield 1;
    return 2;
  }

  async *pages(): AsyncGenerator<number, void> {
    yield await Promise.resolve(this.size);
  }

  readonly twice = traceFunction({ time: [metrics.caseCallSeconds, { kind: 'this.kind', size: 'args.length' }], log: [logs.callEnded, { kind: '=Store', size: 'result' }] }, 'twice', (): number => this.#size * 2);
}
