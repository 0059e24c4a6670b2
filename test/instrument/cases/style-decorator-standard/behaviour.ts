import type { Recorder } from '../recorder.js';
import { Agent, start } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const agent = start();
  await record('run', () => agent.run('a'));
  await record('later', () => agent.runLater('b'));
  record.value('steps', [...agent.steps('cd')]);
  await record('reveal', () => agent.reveal('e'));
  record.shape('run', agent.run);
  record.property('run', Agent.prototype, 'run');
}
