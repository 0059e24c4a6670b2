import { spans, traceMethod } from './generated/instrument.js';

export class A { static { traceMethod(spans.methodCall, this.prototype, 'run'); } run(): string { return 'a'; } }
export class B
{
    static {
        traceMethod(spans.methodCall, this.prototype, 'run');
    }

    run(): string
    {
        return 'b';
    }
}
export class C {

  static {
      traceMethod(spans.methodCall, this.prototype, 'run');
  }

  // a comment first
  run(): string {
    return 'c';
  }

}
export class D { /* nothing */ }
export class E extends A { static { traceMethod(spans.methodCall, this.prototype, 'run'); traceMethod(spans.methodCall, this, 's'); } override run() { return super.run() + 'e'; } static s() { return 1 } }
