import type { Recorder } from '../recorder.js';
import { count, search } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('search', () => search.invoke({ query: 'a' }));
  await record('count', () => count.invoke({ query: 'abc' }));
  const length: number = count.invoke({ query: 'ab' });
  record.value('length', length);
}
