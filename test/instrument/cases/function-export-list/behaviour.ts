import type { Recorder } from '../recorder.js';
import { run, start, stop } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('one identity', run === start);
  await record('start', () => start('a'));
  await record('stop', () => stop());
}
