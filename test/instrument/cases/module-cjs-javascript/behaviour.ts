import type { Recorder } from '../recorder.js';
import input from './input.cjs';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => input.run('/a/b'));
  await record('later', () => input.later('/a/b'));
  await record('agent', () => new input.Agent().run());
  await record('inline', () => input.inline('a'));
  await record('added', () => input.added('a'));
  record.value('keys', Object.keys(input));
}
