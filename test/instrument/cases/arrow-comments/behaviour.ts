import type { Recorder } from '../recorder.js';
import { double, run } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('double', () => double(2));
  await record('run', () => run('a', 2));
}
