import type { Recorder } from '../recorder.js';
import { calls, watched } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const promise = watched();
  await record.settle();
  record.value('nobody called then', calls);
  await promise;
  record.value('calls', calls);
}
