import type { Recorder } from '../recorder.js';
import { find } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('searched', () => find([[1, 2], [-1, 3]], 2));
  await record('too big', () => find([[1, 200]], 3));
  await record('nothing', () => find([], 0));
}
