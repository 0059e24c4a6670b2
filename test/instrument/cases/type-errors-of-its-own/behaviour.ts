import type { Recorder } from '../recorder.js';
import { broken, inferred } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('broken', () => broken());
  await record('inferred', () => inferred(1));
}
