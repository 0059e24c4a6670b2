import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export const Agent = class {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  run(): string {
    return 'anonymous';
  }
};

export const Named = class Inner {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
    traceMethod(spans.methodCall, this, 'make');
  }

  run(): string {
    return Inner.name;
  }
  static make(): Inner {
    return new Inner();
  }
};

export const classes = [
  class {
    static {
      traceMethod(spans.methodCall, this.prototype, 'run');
    }

    run(): string {
      return 'in an array';
    }
  },
];

export function mixin<T extends new (...args: any[]) => object>(Base: T) {
  return class extends Base {
    static {
      traceMethod(spans.methodCall, this.prototype, 'mixed');
    }

    mixed(): string {
      return 'mixed';
    }
  };
}
(mixin as unknown) = traceFunction(spans.functionCall, 'mixin', mixin);

export const inline = new (class {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  run(): string {
    return 'inline';
  }
})();
