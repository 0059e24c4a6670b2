import type { Recorder } from '../recorder.js';
import { ask, chained, passed, typed } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('ask', () => ask('a'));
  await record('chained', () => chained());
  await record('passed', () => passed[0]);
  record.value('typed', typed);
}
