import type { Recorder } from '../recorder.js';
import { later, run, top } from './input.mjs';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => run());
  await record('later', () => later());
  record.value('top', top);
}
