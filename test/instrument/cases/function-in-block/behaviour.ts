import type { Recorder } from '../recorder.js';
import { found } from './input.js';

export default function behaviour(record: Recorder): void {
  record.value('found', found);
}
