import type { Recorder } from '../recorder.js';
import { log, use, useLater } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('use', () => use());
  await record('later', () => useLater());
  record.value('log', log);
}
