import type { Recorder } from '../recorder.js';
import { Derived, log } from './input.js';

export default function behaviour(record: Recorder): void {
  const made = new Derived();
  record.value('log', log);
  record.value('handler', made.handler());
  record.value('keys', Object.keys(made));
}
