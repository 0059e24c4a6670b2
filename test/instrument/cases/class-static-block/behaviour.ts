import type { Recorder } from '../recorder.js';
import { Agent, log } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('log', log);
  await record('describe', () => Agent.describe());
  record.value('order', Agent.order);
}
