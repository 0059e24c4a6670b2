import type { Recorder } from '../recorder.js';
import { Agent, find, run } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => run((index: number) => index * 2, 2));
  await record('find', () => find([{ name: 'a' }], 'a'));
  await record('agent', () => new Agent('b').run((name: string) => name));
}
