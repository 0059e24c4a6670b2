import type { Recorder } from '../recorder.js';
import { Agent, parse } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record.frames('from a function', () => parse('a'));
  await record.frames('from a method', () => new Agent().run('b'));
}
