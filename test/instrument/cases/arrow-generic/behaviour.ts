import type { Recorder } from '../recorder.js';
import { identity, keyed, text } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.value('text', text);
  record.shape('identity', identity);
  await record('keyed', () => keyed({ a: 1, b: 2 }, ['b']));
}
