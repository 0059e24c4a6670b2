import type { Recorder } from '../recorder.js';
import { four, one, three, two } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('values', () => [one(1), two(1), three(1), four(1)]);
  record.value('names', [one.name, two.name, three.name, four.name]);
}
