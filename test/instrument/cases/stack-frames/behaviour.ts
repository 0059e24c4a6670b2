import type { Recorder } from '../recorder.js';
import { Agent, parse } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  // The wrappers take frames of the ten that the engine keeps by default.
  Error.stackTraceLimit = 60;
  await record.frames('from a function', () => parse('a'));
  await record.frames('from a method', () => new Agent().run('b'));
}
