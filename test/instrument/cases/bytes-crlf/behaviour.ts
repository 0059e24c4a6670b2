import type { Recorder } from '../recorder.js';
import { Agent, name, short } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('name', () => name('/a/b'));
  await record('run', () => new Agent().run('c'));
  await record('short', () => short('/a/b'));
}
