import type { Recorder } from '../recorder.js';
import { bus, log, schedule, stop } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('emit', bus.emit('task', 'a'));
  bus.emit('task', 'b');
  await record('stop', () => stop());
  record.value('nobody', bus.emit('task', 'c'));
  schedule();
  await new Promise((resolve) => setTimeout(resolve, 20));
  record.value('log', log);
}
