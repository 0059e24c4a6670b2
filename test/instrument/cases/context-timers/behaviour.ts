import type { Recorder } from '../recorder.js';
import { start, ticks } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('start', () =>
    start(() => {
      ticks.push('callback');
    }),
  );
}
