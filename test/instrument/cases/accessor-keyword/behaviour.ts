import type { Recorder } from '../recorder.js';
import { Counter } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const counter = new Counter();
  await record('increment', () => counter.increment());
  record.value('totals', [counter.count, Counter.total]);
}
