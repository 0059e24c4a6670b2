import type { Recorder } from '../recorder.js';
import { Agent, api } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('run', () => new Agent().run(''));
  await record('load', () => api.load('a'));
}
