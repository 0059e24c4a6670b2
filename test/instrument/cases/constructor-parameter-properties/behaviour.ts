import type { Recorder } from '../recorder.js';
import { Agent, Loud } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('agent', () => new Agent('a'));
  await record('loud', () => new Loud('b', 2));
  await record('too loud', () => new Loud('b', 20));
}
