import type { Recorder } from '../recorder.js';
import { Agent, handle, other, runAgent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const task = { agent: 'planner', text: 'abc' };
  await record('function', () => runAgent(task));
  await record('method', () => new Agent().run(task));
  await record('arrow', () => handle(task));
  await record('other', () => other());
}
