import type { Recorder } from '../recorder.js';
import { Agent, join } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('join', () => join('a', 'b'));
  await record('agent', () => [new Agent().quoted(), new Agent().run()]);
}
