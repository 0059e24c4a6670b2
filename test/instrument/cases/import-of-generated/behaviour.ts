import type { Recorder } from '../recorder.js';
import { ready } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('ready', () => ready());
}
