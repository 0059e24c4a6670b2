import type { Recorder } from '../recorder.js';
import { Settings } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('low', () => new Settings(undefined));
  await record('high', () => new Settings('high', 'a'));
  await record('size', () => new Settings('high', 'a').size());
}
