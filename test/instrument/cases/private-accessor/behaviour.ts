import type { Recorder } from '../recorder.js';
import { Box } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const box = new Box();
  await record('grow', () => box.grow());
  await record('grow', () => box.grow());
}
