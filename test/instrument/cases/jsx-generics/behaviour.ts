import type { Recorder } from '../recorder.js';
import { extended, identity, wrapped } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('identity', () => identity('a'));
  await record('extended', () => extended({ a: 1 }));
  await record('wrapped', () => wrapped(1));
}
