import type { Recorder } from '../recorder.js';
import { Agent, outer } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => new Agent().run('a'));
  await record('inner', () => outer()());
}
