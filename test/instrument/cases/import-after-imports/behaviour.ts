import type { Recorder } from '../recorder.js';
import { parts } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('parts', () => parts('/a/b'));
}
