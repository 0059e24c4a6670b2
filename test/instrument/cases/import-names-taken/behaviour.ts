import type { Recorder } from '../recorder.js';
import { Agent, shadow, traceFunction } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('all', () => [traceFunction('a'), new Agent().run(1), shadow('b')]);
}
