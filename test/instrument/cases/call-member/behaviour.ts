import type { Recorder } from '../recorder.js';
import { ask, askAll, log, optional, plan } from './input.js';

export default async function behaviour(record: Recorder): Promise<void> {
  await record('ask', () => ask('a'));
  await record('fails', () => ask(''));
  await record('all', () => askAll([Promise.resolve('b'), Promise.resolve('c')]));
  await record('optional', () => optional());
  const run = plan();
  run.next();
  await record('plan', () => run.next('d').value as unknown);
  record.value('the getter was read as often', log);
}
