import type { Recorder } from '../recorder.js';
import { outer } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('positive', () => outer(2));
  await record('negative', () => outer(-2));
}
