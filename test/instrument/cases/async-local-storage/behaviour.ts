import type { Recorder } from '../recorder.js';
import { inner, storage, values } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('inside', () => storage.run('a', () => inner()));
  await record('outside', () => inner());
  const run = storage.run('made here', () => values());
  record.value('read elsewhere', storage.run('first', () => run.next().value as unknown));
  record.value('and outside', run.next().value);
}
