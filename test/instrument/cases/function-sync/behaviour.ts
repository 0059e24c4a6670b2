import type { Recorder } from '../recorder.js';
import { add } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('add', add);
  await record('adds', () => add(1, 2));
  await record('adds nothing', () => (add as (...args: unknown[]) => unknown)());
}
