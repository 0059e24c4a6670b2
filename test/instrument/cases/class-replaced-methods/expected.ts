import { spans, traceCall, traceFunction, traceMethod } from './generated/instrument.js';

export class Client {
  static {
    traceMethod(spans.methodCall, this.prototype, 'fetch');
    traceMethod(spans.methodCall, this.prototype, 'twice');
  }

  fetch(url: string): string {
    return `fetched ${url}`;
  }
  twice(url: string): string[] {
    return [this.fetch(url), this.fetch(url)];
  }
}

const original = Client.prototype.fetch;

export function mock(work: (url: string) => string): () => void {
  Client.prototype.fetch = work;
  return () => { traceCall(spans.expressionCall, () => {
    Client.prototype.fetch = original;
  }); };
}
(mock as unknown) = traceFunction(spans.functionCall, 'mock', mock);
