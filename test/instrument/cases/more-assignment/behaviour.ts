import type { Recorder } from '../recorder.js';
import logIt, { allOfIt, countUp, timeIt } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('countUp', countUp);
  await record('count', () => countUp('a'));
  await record('time', () => timeIt('abc'));
  await record('log', () => logIt(2));
  await record('log fails', () => logIt(-1));
  await record('all', () => allOfIt('abc', 2));
}
