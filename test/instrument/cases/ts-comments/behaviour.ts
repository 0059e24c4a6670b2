import type { Recorder } from '../recorder.js';
import { four, one, three, two } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('one', () => one());
  await record('two', () => two());
  await record('three', () => three());
  await record('four', () => four());
}
