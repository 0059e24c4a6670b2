import type { Recorder } from '../recorder.js';
import Agent from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => new Agent().run());
  await record('make', () => Agent.make());
  record.value('name', Agent.name);
}
