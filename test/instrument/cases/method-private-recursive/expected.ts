import { spans, traceCall, traceMethod, tracePrivate } from './generated/instrument.js';

export class Tree {
  static {
    traceMethod(spans.methodCall, this.prototype, 'depth');
  }

  readonly children: Tree[] = [];
  #depthUntraced() {
    return 1;
  }

  get #depth() {
    return tracePrivate(spans.methodCall, '#depth', this.#depthUntraced);
  }
  #walkUntraced(): number {
    return this.children.reduce((most, child) => traceCall(spans.expressionCall, () => Math.max(most, child.#walk() + 1)), this.#depth());
  }

  get #walk() {
    return tracePrivate(spans.methodCall, '#walk', this.#walkUntraced);
  }
  #untypedUntraced(left: number) {
    if (left > 0) this.#untyped(left - 1);
  }

  get #untyped() {
    return tracePrivate(spans.methodCall, '#untyped', this.#untypedUntraced);
  }
  depth(): number {
    this.#untyped(2);
    return this.#walk();
  }
}
