import { spans, traceConstruction, traceMethod, tracePrivate } from './generated/instrument.js';

export class Vault {
  static {
    traceMethod(spans.methodCall, this.prototype, 'open');
    traceMethod(spans.methodCall, this.prototype, 'letters');
    traceMethod(spans.methodCall, this.prototype, 'methods');
    traceMethod(spans.methodCall, this, 'isVault');
  }

  #value: string;
  constructor(value: string) {
    const span = traceConstruction(spans.instanceMade);
    try {
    this.#value = value;
    } catch (error) {
      throw span.failed(error);
    } finally {
      span.end();
    }
  }
  async #loadUntraced(key: string): Promise<string> {
    if (key !== 'key') throw new Error('wrong key');
    return this.#value;
  }

  get #load() {
    return tracePrivate(spans.methodCall, '#load', this.#loadUntraced);
  }
  #checkUntraced(this: Vault): boolean {
    return this.#value !== '';
  }

  get #check() {
    return tracePrivate(spans.methodCall, '#check', this.#checkUntraced);
  }
  *#lettersUntraced(): Generator<string> {
    yield* this.#value;
  }

  get #letters() {
    return tracePrivate(spans.methodCall, '#letters', this.#lettersUntraced);
  }
  async open(key: string): Promise<string> {
    return this.#check() ? this.#load(key) : 'empty';
  }
  letters(): string[] {
    return [...this.#letters()];
  }
  methods(): unknown[] {
    return [this.#load.name, this.#load.length, this.#load === this.#load];
  }
  static isVault(value: object): boolean {
    return #load in value && #value in value;
  }
}
