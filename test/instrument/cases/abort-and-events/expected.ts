import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export function withTimeout<T>(work: (signal: AbortSignal) => Promise<T>, milliseconds: number): Promise<T> {
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => { traceCall(spans.expressionCall, () => {
    const timer = setTimeout(() => traceCall(spans.expressionCall, () => {
      controller.abort(new Error('too slow'));
    }), milliseconds);
    controller.signal.addEventListener('abort', function onAbort(this: AbortSignal) { traceCall(spans.expressionCall, () => {
      reject(this.reason as Error);
    }); });
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => { traceCall(spans.expressionCall, () => {
        clearTimeout(timer);
      }); });
  }); });
}
(withTimeout as unknown) = traceFunction(spans.functionCall, 'withTimeout', withTimeout);

export class Listener implements EventListenerObject {
  static {
    traceMethod(spans.methodCall, this.prototype, 'handleEvent');
  }

  readonly seen: string[] = [];
  handleEvent(event: Event): void {
    this.seen.push(event.type);
  }
}
interface EventListenerObject {
  handleEvent(event: Event): void;
}
