import type { Recorder } from '../recorder.js';
import { handler, table } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('handler', () => handler?.(' a '));
  await record('run', () => table.run?.('b'));
  record.value('names', [handler?.name, table.run?.name]);
}
