import type { Recorder } from '../recorder.js';
import { first, length, mapAll } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('length', length);
  await record('first', () => first([{ a: 1 }], 'a'));
  await record('maps', () => mapAll([1, 2], async (item) => String(item)));
}
