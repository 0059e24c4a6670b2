import type { Recorder } from '../recorder.js';
import * as input from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('first', () => input.strategy());
  await record('change', () => input.change());
  await record('second', () => input.strategy());
}
