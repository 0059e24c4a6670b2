import type { Recorder } from '../recorder.js';
import { atLoad, ping } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('at load', atLoad);
  await record('ping', () => ping(3));
}
