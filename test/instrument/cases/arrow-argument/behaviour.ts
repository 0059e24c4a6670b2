import type { Recorder } from '../recorder.js';
import { chained, even, first, made, parsed, replaced, sum, texts } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('values', [even, sum, parsed, texts, first, replaced]);
  await record('chained', () => chained);
  await record('made', () => made);
}
