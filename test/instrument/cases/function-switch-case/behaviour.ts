import type { Recorder } from '../recorder.js';
import { choose } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('early', () => choose('early'));
  await record('late', () => choose('late'));
  await record('default', () => choose('other'));
}
