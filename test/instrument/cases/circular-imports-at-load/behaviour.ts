import type { Recorder } from '../recorder.js';
import { handler, names } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('names', names);
  await record('handler', () => handler());
}
