import type { Recorder } from '../recorder.js';
import { failing, failingPlain, log, sum } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('sum', sum);
  await record('defaults', () => sum());
  await record('undefined is a default', () => sum(undefined, 5));
  record.value('log', log);
  await record('an async function rejects', () => failing());
  await record('a plain one throws', () => failingPlain());
  await record('given', () => failing(3));
}
