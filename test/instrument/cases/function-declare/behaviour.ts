import type { Recorder } from '../recorder.js';
import { present } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('present', () => present());
}
