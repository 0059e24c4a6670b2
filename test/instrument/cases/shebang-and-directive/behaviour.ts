import type { Recorder } from '../recorder.js';
import { main } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('main', () => main(['a']));
}
