import type { Recorder } from '../recorder.js';
import { Agent, join, start, stop } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('all', () => [join('a', 'b'), new Agent().run(), start()]);
  await record('stop', () => stop());
}
