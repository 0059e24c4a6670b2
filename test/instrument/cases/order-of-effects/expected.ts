import { spans, traceFunction } from './generated/instrument.js';

export const log: string[] = [];

export async function first(): Promise<void> {
  log.push('first begins');
  await second();
  log.push('first ends');
}
(first as unknown) = traceFunction(spans.functionCall, 'first', first);

async function second(): Promise<void> {
  log.push('second begins');
  await null;
  log.push('second ends');
}
(second as unknown) = traceFunction(spans.functionCall, 'second', second);

export function sync(): void {
  log.push('sync');
}
(sync as unknown) = traceFunction(spans.functionCall, 'sync', sync);
