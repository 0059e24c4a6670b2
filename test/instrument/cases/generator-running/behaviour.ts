import type { Recorder } from '../recorder.js';
import { start } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const run = start();
  run.next();
  await record('a generator that runs already', () => run.next());
}
