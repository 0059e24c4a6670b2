import type { Recorder } from '../recorder.js';
import { Agent, loose } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('names', () => new Agent().names(2));
  await record('later', () => new Agent().later()());
  record.value('lexical', loose.call('a')());
}
