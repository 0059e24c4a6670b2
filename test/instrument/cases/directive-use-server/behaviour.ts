import type { Recorder } from '../recorder.js';
import { remove, save } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('save', () => save('a'));
  await record('remove', () => remove('a'));
}
