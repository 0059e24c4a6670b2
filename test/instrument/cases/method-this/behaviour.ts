import type { Recorder } from '../recorder.js';
import { Agent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const agent = new Agent();
  record.value('self', agent.self() === agent);
  record.value('later', (await agent.selfLater()) === agent);
  const { self } = agent;
  await record('detached', () => self());
  await record('compare', () => agent.compare(agent));
  await record('borrowed', () => Agent.prototype.self.call('text' as never));
}
