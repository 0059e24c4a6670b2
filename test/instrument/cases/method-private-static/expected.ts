import { spans, traceMethod, tracePrivate } from './generated/instrument.js';

export class Registry {
  static {
    traceMethod(spans.methodCall, this, 'add');
  }

  static #known = new Map<string, number>();
  static #addUntraced(name: string): number {
    Registry.#known.set(name, Registry.#known.size);
    return Registry.#known.size;
  }

  static get #add() {
    return tracePrivate(spans.methodCall, '#add', this.#addUntraced);
  }
  static async add(name: string): Promise<number> {
    return this.#add(name);
  }
}
