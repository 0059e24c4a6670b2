import { EventEmitter } from 'node:events';

export const log: string[] = [];
export const bus = new EventEmitter();

const onTask = function (this: EventEmitter, task: string): void {
  log.push(`${task} ${String(this === bus)}`);
};
bus.on('task', onTask);
bus.once('task', (task: string) => log.push(`once ${task}`));

export function stop(): void {
  bus.off('task', onTask);
}

export function schedule(): void {
  setTimeout(() => log.push('timeout'), 1);
  queueMicrotask(() => log.push('microtask'));
  process.nextTick((text: string) => log.push(text), 'tick');
}
