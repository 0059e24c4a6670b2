import type { Recorder } from '../recorder.js';
import { dynamic, load, loaded } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('loaded', [loaded, dynamic]);
  await record('load', () => load());
}
