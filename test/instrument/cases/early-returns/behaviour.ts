import type { Recorder } from '../recorder.js';
import { answer, noReturn } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  for (const question of [undefined, '', 'throw', 'final', 'why']) {
    await record(String(question), () => answer(question));
  }
  const log: string[] = [];
  await record('void', () => noReturn(log));
  await record('void again', () => noReturn(log));
  record.value('log', log);
}
