import type { Recorder } from '../recorder.js';
import { join, tuple } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('join', join);
  record.shape('tuple', tuple);
  await record('join', () => join('-', 'a', 'b'));
  await record('tuple', () => tuple('a'));
}
