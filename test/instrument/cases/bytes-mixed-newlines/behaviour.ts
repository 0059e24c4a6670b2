import type { Recorder } from '../recorder.js';
import { one } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('one', () => one());
}
