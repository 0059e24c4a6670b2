import type { Recorder } from '../recorder.js';
import { derived } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('greet', () => derived.greet());
  await record('later', () => derived.later());
}
