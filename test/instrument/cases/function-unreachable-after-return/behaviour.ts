import type { Recorder } from '../recorder.js';
import { make } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('inner', () => make()());
  record.shape('inner', make());
}
