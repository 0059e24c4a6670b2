export function withTimeout<T>(work: (signal: AbortSignal) => Promise<T>, milliseconds: number): Promise<T> {
  const controller = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => {
      controller.abort(new Error('too slow'));
    }, milliseconds);
    controller.signal.addEventListener('abort', function onAbort(this: AbortSignal) {
      reject(this.reason as Error);
    });
    work(controller.signal)
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(timer);
      });
  });
}

export class Listener implements EventListenerObject {
  readonly seen: string[] = [];
  handleEvent(event: Event): void {
    this.seen.push(event.type);
  }
}
interface EventListenerObject {
  handleEvent(event: Event): void;
}
