import type { Recorder } from '../recorder.js';
import { walk } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('walks', () => walk(3));
}
