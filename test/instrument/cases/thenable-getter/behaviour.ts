import type { Recorder } from '../recorder.js';
import { proxied, reads, tricky } from './input.js';

export default function behaviour(record: Recorder): void {
  tricky();
  proxied();
  record.value('nobody looked', reads);
}
