import type { Recorder } from '../recorder.js';
import * as input from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('before', () => input.greet('a'));
  await record('silence', () => input.silence());
  await record('after', () => input.greet('a'));
}
