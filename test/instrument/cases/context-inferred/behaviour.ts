import type { Recorder } from '../recorder.js';
import { run } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => run());
}
