import type { Recorder } from '../recorder.js';
import { fail, start, Task } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const task = start();
  record.value('instance', task instanceof Task);
  record.value('label', task.label);
  await record('start', () => start());
  await record('fail', () => fail());
}
