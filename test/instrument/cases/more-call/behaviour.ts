import type { Recorder } from '../recorder.js';
import { ask } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('ask', () => ask('m'));
  await record('fails', () => ask(''));
}
