import type { Recorder } from '../recorder.js';
import { seen } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('seen', () => seen());
}
