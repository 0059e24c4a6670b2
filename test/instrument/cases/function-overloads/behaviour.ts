import type { Recorder } from '../recorder.js';
import { number, read, text } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('read', read);
  record.value('text', text);
  record.value('number', number);
  await record('reads', () => read('7', true));
}
