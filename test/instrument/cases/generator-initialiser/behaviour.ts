import type { Recorder } from '../recorder.js';
import { from, log } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const run = from();
  record.value('initialised at the call', log);
  record.value('values', [...run]);
  await record('a pattern that does not fit throws at the call', () => from(1, null as never));
}
