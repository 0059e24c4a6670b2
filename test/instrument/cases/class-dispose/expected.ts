import { spans, traceFunction, traceMethod } from './generated/instrument.js';

export const log: string[] = [];

export class Connection {
  static {
    traceMethod(spans.methodCall, this.prototype, Symbol.dispose);
    traceMethod(spans.methodCall, this.prototype, Symbol.asyncDispose);
  }

  [Symbol.dispose](): void {
    log.push('closed');
  }
  async [Symbol.asyncDispose](): Promise<void> {
    log.push('closed later');
  }
}

export function use(): string {
  using connection = new Connection();
  log.push(typeof connection);
  return 'used';
}
(use as unknown) = traceFunction(spans.functionCall, 'use', use);

export async function useLater(): Promise<string> {
  await using connection = new Connection();
  log.push(typeof connection);
  if (log.length > 100) throw new Error('too many');
  return 'used later';
}
(useLater as unknown) = traceFunction(spans.functionCall, 'useLater', useLater);
