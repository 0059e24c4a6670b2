import type { Recorder } from '../recorder.js';
import { Proxied, Single } from './input.js';

export default function behaviour(record: Recorder): void {
  const first = new Single(true);
  record.value('the same', new Single(false) === first);
  record.value('another', new Single(true) === first);
  record.value('proxied', new Proxied()['anything']);
}
