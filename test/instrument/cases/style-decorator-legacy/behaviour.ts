import type { Recorder } from '../recorder.js';
import { Agent, log } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const agent = new Agent();
  await record('run', () => agent.run('a'));
  await record('later', () => agent.runLater('b'));
  record.value('log', log);
  record.shape('run', agent.run);
}
