import type { Recorder } from '../recorder.js';
import { returnThenable, settle } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('value', () => settle(1));
  await record('promise', () => settle(Promise.resolve(2)));
  await record('thenable', () => returnThenable());
}
