import type { Recorder } from '../recorder.js';
import { Agent, traced } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('traced', () => traced('a'));
  await record('run', () => [new Agent().run(), new Agent().plain()]);
}
