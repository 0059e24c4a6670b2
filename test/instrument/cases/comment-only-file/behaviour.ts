import type { Recorder } from '../recorder.js';
import * as input from './input.js';

export default function behaviour(record: Recorder): void {
  record.value('nothing', Object.keys(input));
}
