import type { Recorder } from '../recorder.js';
import * as input from './input.cjs';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => input.run());
  await record('later', () => input.later());
}
