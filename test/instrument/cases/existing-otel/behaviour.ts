import type { Recorder } from '../recorder.js';
import { Agent, traced, untraced } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('traced', () => traced('a'));
  await record('untraced', () => untraced('b'));
  await record('run', () => new Agent().run());
}
