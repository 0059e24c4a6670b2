import { spans, traceMethod } from './generated/instrument.js';

export class Hooks {
  static {
    traceMethod(spans.methodCall, this.prototype, 'run');
  }

  onStart?(name: string): void;
  onEnd?: (name: string) => void = undefined;
  declare onError: ((error: unknown) => void) | undefined;
  [key: string]: unknown;
  run(name: string): string {
    this.onStart?.(name);
    this.onEnd?.(name);
    return name;
  }
}
