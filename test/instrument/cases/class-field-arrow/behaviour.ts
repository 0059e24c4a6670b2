import type { Recorder } from '../recorder.js';
import { Agent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const agent = Agent.create();
  record.value('keys', Object.keys(agent));
  record.shape('run', agent.run);
  record.property('run', agent, 'run');
  const { run, handler } = agent;
  await record('detached', () => run('a'));
  await record('handler', () => handler('b'));
  record.value('each has its own', new Agent().run === agent.run);
  record.value('plain', agent.plain() === agent);
  await record('secret', () => agent.reveal());
}
