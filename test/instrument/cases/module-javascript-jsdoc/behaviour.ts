import type { Recorder } from '../recorder.js';
import { Agent, double, join } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('join', () => join('a', 'b'));
  await record('double', () => double(2));
  await record('run', () => new Agent().run('a'));
}
