import type { Recorder } from '../recorder.js';
import { tools } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('search', () => tools.search(' a '));
  await record('now', () => tools.now());
  record.value('keys', Object.keys(tools));
}
