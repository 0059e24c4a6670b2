import type { Recorder } from '../recorder.js';
import { compose, long } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('compose', () => compose((value: string) => value.length, (value) => value + 1)('ab'));
  await record('long', () => long('banana'));
}
