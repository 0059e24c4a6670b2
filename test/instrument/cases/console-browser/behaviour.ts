import type { Recorder } from '../recorder.js';
import { title } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('title', () => title());
}
