import type { Recorder } from '../recorder.js';
import { Level, make, typed } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('make', () => make());
  await record('typed', () => typed(Level.Low));
}
