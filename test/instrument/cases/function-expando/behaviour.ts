import type { Recorder } from '../recorder.js';
import { cached } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('one', () => cached('a'));
  await record('two', () => cached('b'));
  record.value('hits', cached.hits);
  await record('reset', () => cached.reset());
  record.value('hits after', cached.hits);
  record.value('keys', Object.keys(cached));
}
