import type { Recorder } from '../recorder.js';
import { Agent, outer } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('outer', () => outer('a')());
  await record('say', () => new Agent().run((text) => text).say());
}
