import type { Recorder } from '../recorder.js';
import { find, search } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('one identity', find === search);
  await record('finds', () => find('a'));
}
