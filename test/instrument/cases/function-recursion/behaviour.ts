import type { Recorder } from '../recorder.js';
import { factorial, isEven } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('factorial', () => factorial(5));
  await record('even', () => isEven(4));
  await record('odd', () => isEven(3));
}
