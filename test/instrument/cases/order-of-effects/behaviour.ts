import type { Recorder } from '../recorder.js';
import { first, log, sync } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  const running = first();
  sync();
  log.push('after the call');
  await running;
  record.value('log', log);
}
