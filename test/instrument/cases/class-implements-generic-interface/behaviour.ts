import type { Recorder } from '../recorder.js';
import { tools } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  for (const tool of tools) await record(tool.name, () => tool.execute('abc'));
}
