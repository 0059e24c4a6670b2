import type { Recorder } from '../recorder.js';
import { Agent } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => Agent.instance.run());
  record.value('one identity', Agent.handlers.run === Agent.prototype.run);
}
