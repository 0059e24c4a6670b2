import type { Recorder } from '../recorder.js';
import handler from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  record.shape('handler', handler);
  await record('handles', () => handler('a'));
}
