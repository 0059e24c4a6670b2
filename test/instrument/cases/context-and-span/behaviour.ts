import type { Recorder } from '../recorder.js';
import { start } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('start', () => start());
}
