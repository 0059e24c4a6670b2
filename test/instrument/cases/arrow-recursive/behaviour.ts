import type { Recorder } from '../recorder.js';
import { poll, visit, walk } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('walk', () => walk(3));
  await record('visit', () => visit([1, [2, [3]]]));
  await record('poll', () => poll(3));
}
