import type { Recorder } from '../recorder.js';
import identity, { run, values } from './input.mjs';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('identity', () => identity('a'));
  await record('run', () => run('b'));
  record.value('values', [...values()]);
  record.shape('identity', identity);
}
