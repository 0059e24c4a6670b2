import type { Recorder } from '../recorder.js';
import { busy, constant, idle, pairs, states } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('idle', () => idle());
  await record('busy', () => busy('a'));
  record.value('states', states);
  record.value('pairs', pairs);
  const level: 'high' = constant().level;
  record.value('level', level);
}
