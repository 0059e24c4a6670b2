import type { Recorder } from '../recorder.js';
import { fine } from './input.js';

export default function behaviour(record: Recorder): void {
  record.value('fine', fine);
}
