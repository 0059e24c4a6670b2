import type { Recorder } from '../recorder.js';
import { leaves } from './input.js';

export default function behaviour(record: Recorder): void {
  record.value('all', [...leaves([1, [2, [3]], 4])]);
  const run = leaves([[1]]);
  run.next();
  record.value('count', run.next());
}
