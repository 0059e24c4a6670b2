import type { Recorder } from '../recorder.js';
import isA, { later, start } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const agent = start(['a']);
  await record('run', () => agent.run(0));
  await record('size', () => agent.size);
  await record('later', () => later(agent));
  await record('is a', () => isA('a'));
}
