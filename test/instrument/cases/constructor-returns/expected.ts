import { spans, traceConstruction } from './generated/instrument.js';

export class Single {
  static instance: Single | undefined;
  readonly made: boolean = true;
  constructor(fresh: boolean) {
    const span = traceConstruction(spans.instanceMade);
    try {
    if (!fresh && Single.instance !== undefined) return Single.instance;
    Single.instance = this;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Proxied {
  [key: string]: unknown;
  constructor() {
    const span = traceConstruction(spans.instanceMade);
    try {
    return new Proxy(this, { get: (_, key) => `read ${String(key)}` });
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}
