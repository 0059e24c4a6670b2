import type { Recorder } from '../recorder.js';
import { run, trim } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('without', () => run({}, undefined));
  await record('with', () => run({ limit: 2 }, 'a'));
  await record('trim', () => trim(undefined));
}
