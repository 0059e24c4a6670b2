import type { Recorder } from '../recorder.js';
import { counter } from './input.js';

export default function behaviour(record: Recorder): void {
  const one = counter();
  const two = counter();
  record.value('values', [one.next(), one.next(), two.next()]);
  record.value('reset', one.reset());
  record.value('again', one.next());
}
