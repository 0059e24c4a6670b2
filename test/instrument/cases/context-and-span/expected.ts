import { EventEmitter } from 'node:events';
import { keepContext, spans, traceCall, traceFunction } from './generated/instrument.js';

const emitter = new EventEmitter();
const handle = traceFunction(spans.caseWork, 'handle', (work: (text: string) => string): string => work('handled'));

export async function start(): Promise<string[]> {
  const seen: string[] = [];
  setTimeout(keepContext(async () => { await traceCall(spans.caseWork, async () => {
    seen.push('timeout');
  }); }), 1);
  emitter.on('x', keepContext((text: string): void => traceCall(spans.caseWork, (): void => {
    seen.push(text);
  })));
  seen.push(handle((text) => traceCall(spans.caseWork, () => text.toUpperCase())));
  emitter.emit('x', 'emitted');
  await new Promise<void>((resolve): void => traceCall(spans.caseWork, (): void => {
    setTimeout(resolve, 10);
  }));
  return seen;
}
(start as unknown) = traceFunction(spans.caseCall, 'start', start);
