import type { Recorder } from '../recorder.js';
import { counter, log, value } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('value', value);
  await record('counter', () => [counter.next(), counter.next()]);
  await record.settle();
  record.value('log', log);
}
