import type { Recorder } from '../recorder.js';
import { first, log, second } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('log', log);
  await record('functions', () => [first(), second()]);
}
