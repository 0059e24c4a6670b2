import type { Recorder } from '../recorder.js';
import { a, b, C } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('all', () => [a(), b(), new C().d()]);
}
