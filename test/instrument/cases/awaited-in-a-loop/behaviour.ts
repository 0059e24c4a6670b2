import type { Recorder } from '../recorder.js';
import { Loop } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => new Loop().run('a'));
  await record('once', () => new Loop().run('b', 1));
}
