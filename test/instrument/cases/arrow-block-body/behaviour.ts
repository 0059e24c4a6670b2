import type { Recorder } from '../recorder.js';
import { run } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('run', run);
  await record('empty', () => run(''));
  await record('text', () => run('abc'));
  await record('throws', () => run(null as never));
}
