import type { Recorder } from '../recorder.js';
import { Agent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const agent = new Agent('a');
  await record('run', () => agent.run('b'));
  await record('later', () => agent.runLater('c'));
  record.property('run', Agent.prototype, 'run');
  record.shape('run', agent.run);
  record.shape('runLater', agent.runLater);
  record.shape('Agent', Agent);
  record.value('keys', [Object.keys(agent), Object.getOwnPropertyNames(Agent.prototype)]);
}
