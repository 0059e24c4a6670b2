import type { Recorder } from '../recorder.js';
import { runAgent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('runAgent', runAgent);
  await record('answers', () => runAgent({ agent: 'planner', text: 'plan' }));
  await record('rejects', () => runAgent(undefined as never));
}
