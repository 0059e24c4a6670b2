import { spans, traceAccessor } from './generated/instrument.js';

export class Base {
  static {
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'name');
    traceAccessor(spans.accessorWrite, this.prototype, 'set', 'name');
  }

  get name(): string {
    return 'base';
  }
  set name(_: string) {}
}

export class Derived extends Base {
  static {
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'name');
  }

  override get name(): string {
    return `${super.name} derived`;
  }
}

export class Computed {
  static {
    traceAccessor(spans.accessorRead, this.prototype, 'get', Symbol.toStringTag);
    traceAccessor(spans.accessorRead, this.prototype, 'get', 'quoted-name');
  }

  get ['a' + 'b'](): number {
    return 1;
  }
  get [Symbol.toStringTag](): string {
    return 'Computed';
  }
  get 'quoted-name'(): number {
    return 2;
  }
}
