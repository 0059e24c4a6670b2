import { EventEmitter } from 'node:events';
import { spans, traceCall, traceFunction } from './generated/instrument.js';

export const log: string[] = [];
export const bus = new EventEmitter();

const onTask = traceFunction(spans.expressionCall, 'onTask', function (this: EventEmitter, task: string): void {
  log.push(`${task} ${String(this === bus)}`);
});
bus.on('task', onTask);
bus.once('task', (task: string) => traceCall(spans.expressionCall, () => log.push(`once ${task}`)));

export function stop(): void {
  bus.off('task', onTask);
}
(stop as unknown) = traceFunction(spans.functionCall, 'stop', stop);

export function schedule(): void {
  setTimeout(() => traceCall(spans.expressionCall, () => log.push('timeout')), 1);
  queueMicrotask(() => traceCall(spans.expressionCall, () => log.push('microtask')));
  process.nextTick((text: string) => traceCall(spans.expressionCall, () => log.push(text)), 'tick');
}
(schedule as unknown) = traceFunction(spans.functionCall, 'schedule', schedule);
