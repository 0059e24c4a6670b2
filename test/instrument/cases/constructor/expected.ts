import { spans, traceConstruction } from './generated/instrument.js';

export class Agent {
  readonly name: string;
  ready = false;
  constructor(name: string, options: { readonly loud?: boolean } = {}) {
    const span = traceConstruction(spans.instanceMade);
    try {
    if (name === '') throw new TypeError('no name');
    this.name = options.loud === true ? name.toUpperCase() : name;
    this.ready = true;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
}

export class Empty {
  constructor() { traceConstruction(spans.instanceMade).end();}
}
