import type { Recorder } from '../recorder.js';
import { atLoad, greet, held, later } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('at load', atLoad);
  record.value('later', later);
  await record('now', () => greet('now'));
  record.value('one identity', held.greet === greet);
}
