import type { Recorder } from '../recorder.js';
import { callbacks, fail, log, note } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('fail', () => fail('no'));
  await record('note', () => note('a'));
  for (const callback of callbacks) await record('callback', () => callback());
  record.value('log', log);
}
