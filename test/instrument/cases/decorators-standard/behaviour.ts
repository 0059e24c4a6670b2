import type { Recorder } from '../recorder.js';
import { Agent, log } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('at load', [...log]);
  const agent = new Agent();
  await record('run', () => agent.run('a'));
  await record('make', () => Agent.make());
  await record('twice', () => agent.twice());
  record.value('log', log);
}
