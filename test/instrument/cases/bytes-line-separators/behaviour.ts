import type { Recorder } from '../recorder.js';
import { split } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('split', () => split());
}
