import type { Recorder } from '../recorder.js';
import { run, start } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('start', () => {
    start();
  });
  await record('run', () => run('ada'));
}
